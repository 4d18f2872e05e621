/**
 * The immutable, packed graph of an organization, and the one place that evaluates the access
 * rules.
 */
@NullMarked
package dev.sightline.graph;

import org.jspecify.annotations.NullMarked;
