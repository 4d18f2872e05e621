/** P1 and P2: calls to a server in a process of its own, beside calls that decide nothing. */
@NullMarked
package dev.sightline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
