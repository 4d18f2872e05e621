/**
 * P3 and P10: one decision on a large organization and one change to it, in process, beside
 * look-ups in hash maps and the copying of memory.
 */
@NullMarked
package dev.sightline.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
