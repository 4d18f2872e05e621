/** What is measured, and how: micro-benchmarks in process, and load over gRPC. */
@NullMarked
package dev.sightline.benchmarks;

import org.jspecify.annotations.NullMarked;
