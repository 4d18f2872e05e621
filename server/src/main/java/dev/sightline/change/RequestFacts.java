package dev.sightline.change;

import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access request.
 *
 * @param addressee who is to decide, by mail; in the app, others may, too
 * @param addressing how many mails about it have been written to an addressee, 1 for the first:
 *     only the links of the latest are alive
 * @param madeAt microsecond precision, as all instants here
 * @param end from this very instant on it is over, if nobody has decided
 * @param decision null: not decided
 */
public record RequestFacts(
    DashboardId dashboard,
    UserId requester,
    UserId addressee,
    int addressing,
    RequestStatus status,
    Instant madeAt,
    Instant end,
    @Nullable Made decision) {
  public RequestFacts {
    boolean decided = status == RequestStatus.APPROVED || status == RequestStatus.DECLINED;
    if (decided != (decision != null)) {
      throw new IllegalArgumentException("exactly what was decided has a decision: " + status);
    }
  }

  /**
   * Who decided, and what.
   *
   * @param by null for nobody who is a user of the organization
   * @param level of the entry that was given; null: declined
   */
  public record Made(@Nullable UserId by, Instant at, @Nullable Level level) {}

  public static RequestFacts pending(
      DashboardId dashboard, UserId requester, UserId addressee, Instant madeAt, Instant end) {
    return new RequestFacts(
        dashboard, requester, addressee, 1, RequestStatus.PENDING, madeAt, end, null);
  }

  public boolean isPending() {
    return status == RequestStatus.PENDING;
  }

  /** Whether it waits for a decision at this instant. */
  public boolean isPending(Instant at) {
    return isPending() && at.isBefore(end);
  }

  /** With a new mail to somebody, which makes older links dead. */
  public RequestFacts addressedTo(UserId other) {
    return new RequestFacts(
        dashboard, requester, other, addressing + 1, status, madeAt, end, decision);
  }

  public RequestFacts approved(@Nullable UserId by, Instant at, Level level) {
    return decided(RequestStatus.APPROVED, new Made(by, at, level));
  }

  public RequestFacts declined(@Nullable UserId by, Instant at) {
    return decided(RequestStatus.DECLINED, new Made(by, at, null));
  }

  public RequestFacts expired() {
    return decided(RequestStatus.EXPIRED, null);
  }

  public RequestFacts cancelled() {
    return decided(RequestStatus.CANCELLED, null);
  }

  private RequestFacts decided(RequestStatus outcome, @Nullable Made made) {
    return new RequestFacts(
        dashboard, requester, addressee, addressing, outcome, madeAt, end, made);
  }
}
