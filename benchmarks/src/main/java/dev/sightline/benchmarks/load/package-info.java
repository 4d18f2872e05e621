/**
 * P1, P2, P6 and P12: calls to a server in a process of its own, and what it tells watchers, beside
 * calls and messages that mean nothing.
 */
@NullMarked
package dev.sightline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
