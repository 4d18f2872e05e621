package dev.sightline.benchmarks.load;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.util.List;
import java.util.function.Predicate;

/**
 * A unary call, or a stream both ways that answers each message with one; with the requests that
 * are sent in turn, for ever.
 *
 * @param checks how many questions a request asks
 * @param isAnswer whether a response answers them: else there is nothing to measure
 */
record Kind<Q, S>(
    MethodDescriptor<Q, S> method, List<Q> requests, int checks, Predicate<S> isAnswer) {
  boolean isStream() {
    return method.getType() == MethodType.BIDI_STREAMING;
  }

  /** What comes after the request of that number, and its number. */
  int after(int at) {
    return at + 1 == requests.size() ? 0 : at + 1;
  }
}
