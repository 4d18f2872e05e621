/** The composition root: the only place that constructs the parts and joins them. */
@NullMarked
package dev.sightline;

import org.jspecify.annotations.NullMarked;
