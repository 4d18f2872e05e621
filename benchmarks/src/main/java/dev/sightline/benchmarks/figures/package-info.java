/** What was measured, beside what it was compared with, and how that is shown. */
@NullMarked
package dev.sightline.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
