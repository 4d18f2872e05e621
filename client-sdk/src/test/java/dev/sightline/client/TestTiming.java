package dev.sightline.client;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;

/** Time that passes as the test says. For one thread. */
final class TestTiming implements Timing {
  private record Due(long at, long number, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final Queue<Due> due = new PriorityQueue<>();
  private long now = 1_000_000_000L;
  private long number;

  @Override
  public long now() {
    return now;
  }

  @Override
  public void later(long nanos, Runnable what) {
    number++;
    due.add(new Due(now + nanos, number, what));
  }

  /** Passes time, and does what is due on the way. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    for (var next = due.peek(); next != null && next.at() <= end; next = due.peek()) {
      due.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }

  /** Passes time in which nothing gets done, as when a process is stopped. */
  void stall(Duration time) {
    now += time.toNanos();
  }

  int waiting() {
    return due.size();
  }
}
