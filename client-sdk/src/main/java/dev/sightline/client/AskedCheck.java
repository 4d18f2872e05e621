package dev.sightline.client;

import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A check that was asked, until it is answered, late, or given up. */
final class AskedCheck {
  final StreamChecksRequest question;
  final CompletableFuture<Reply<StreamChecksResponse>> answer = new CompletableFuture<>();
  private final long deadline;

  /** When it was sent last. */
  long sentAt;

  /** How often it was answered with a failure that passes. */
  int failures;

  AskedCheck(StreamChecksRequest question, long deadline) {
    this.question = question;
    this.deadline = deadline;
  }

  boolean isDone() {
    return answer.isDone();
  }

  boolean isLate(long now) {
    return deadline - now <= 0;
  }

  /** The time that is left for an answer; more than nothing. */
  Duration left() {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }
}
