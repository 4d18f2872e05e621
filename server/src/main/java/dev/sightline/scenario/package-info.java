/**
 * Stories about an organization, played through the real API on a clock that they set, and what
 * differed.
 */
@NullMarked
package dev.sightline.scenario;

import org.jspecify.annotations.NullMarked;
