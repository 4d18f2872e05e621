/** P3: one decision on a large organization, in process, beside look-ups in hash maps. */
@NullMarked
package dev.sightline.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
