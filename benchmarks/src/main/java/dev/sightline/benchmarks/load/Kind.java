package dev.sightline.benchmarks.load;

import io.grpc.MethodDescriptor;
import java.util.List;

/**
 * A unary call, with the requests that are sent in turn, for ever.
 *
 * @param checks how many questions a request asks
 */
record Kind<Q, S>(MethodDescriptor<Q, S> method, List<Q> requests, int checks) {}
