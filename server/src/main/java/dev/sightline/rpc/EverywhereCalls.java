package dev.sightline.rpc;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Requirement;
import dev.sightline.cache.RollCall;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.AwaitEverywhereRequest;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.Spread;
import dev.sightline.watch.Everywhere;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;

/** Waits until a change is known everywhere. */
final class EverywhereCalls {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  /** So long before the caller's deadline it is told what is known: an answer needs its way. */
  private static final long ON_ITS_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Calls calls;
  private final Everywhere everywhere;

  EverywhereCalls(Calls calls, Everywhere everywhere) {
    this.calls = calls;
    this.everywhere = everywhere;
  }

  void await(AwaitEverywhereRequest request, StreamObserver<AwaitEverywhereResponse> observer) {
    // The position was committed before it was passed on, so before now.
    long begin = System.nanoTime();
    calls.answer(observer, () -> awaited(request, begin));
  }

  private AwaitEverywhereResponse awaited(AwaitEverywhereRequest request, long begin)
      throws NotAnswerable, InterruptedException {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Requirement.AtLeast position =
        PositionToken.parsed(organization.value(), request.getPosition());
    long until = until(begin, request.getLongestWaitMicros());
    return message(everywhere.await(organization, position, begin, until), begin);
  }

  /**
   * Until when a call waits at the most, as {@code begin} a reading of {@link System#nanoTime}.
   *
   * @param wishedMicros as long as the caller said; 0: as long as the call may take
   */
  static long until(long begin, long wishedMicros) {
    return begin + longestNanos(wishedMicros);
  }

  private static long longestNanos(long wishedMicros) {
    if (wishedMicros < 0 || wishedMicros > LONGEST_MICROS) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "longest_wait_micros",
          "longest_wait_micros is 0 to %d, not %d".formatted(LONGEST_MICROS, wishedMicros));
    }
    long wished = TimeUnit.MICROSECONDS.toNanos(wishedMicros == 0 ? LONGEST_MICROS : wishedMicros);
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return wished;
    }
    long left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return Math.min(wished, left - Math.min(ON_ITS_WAY_NANOS, left / 4));
  }

  /**
   * @param begin when the call was received
   */
  static AwaitEverywhereResponse message(RollCall.Spread spread, long begin) {
    return AwaitEverywhereResponse.newBuilder()
        .setSpread(
            switch (spread.ended()) {
              case CONFIRMED -> Spread.SPREAD_CONFIRMED;
              case LAPSED -> Spread.SPREAD_LAPSED;
              case NOT_YET -> Spread.SPREAD_NOT_YET;
            })
        .setWaitedMicros(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin))
        .setNodes(spread.nodes())
        .setConfirmedNodes(spread.confirmed())
        .setOverInMicros(TimeUnit.NANOSECONDS.toMicros(spread.overInNanos()))
        .build();
  }
}
