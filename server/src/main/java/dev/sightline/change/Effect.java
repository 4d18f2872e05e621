package dev.sightline.change;

import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import org.jspecify.annotations.Nullable;

/** What is written in the transaction of a revision beside its changes: no part of the log. */
public sealed interface Effect {
  /** A mail is to be sent. */
  record Send(Mail mail) implements Effect {}

  /**
   * Whoever a draft's publication is to be told to.
   *
   * @param mail in place of whatever waited for this person on this draft; null: nothing waits any
   *     more
   */
  record Wait(DashboardId dashboard, UserId user, @Nullable WaitingMail mail) implements Effect {}

  /** Nothing waits for a dashboard's publication any more. */
  record StopWaiting(DashboardId dashboard) implements Effect {}

  /**
   * A mail that is not sent yet says this instead, if it still is not.
   *
   * @param id the outbox's
   */
  record Rewrite(long id, Mail mail) implements Effect {}
}
