/**
 * What can change in an organization: one record per fact, each with the values before and after.
 */
@NullMarked
package dev.sightline.change;

import org.jspecify.annotations.NullMarked;
