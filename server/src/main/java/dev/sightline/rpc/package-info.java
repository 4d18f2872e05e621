/** The gRPC services: translate in, decide below, translate out; refusals become statuses here. */
@NullMarked
package dev.sightline.rpc;

import org.jspecify.annotations.NullMarked;
