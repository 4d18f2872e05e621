/** Graphs in memory, and the proof that they are current: loading, catching up, freshness. */
@NullMarked
package dev.sightline.cache;

import org.jspecify.annotations.NullMarked;
