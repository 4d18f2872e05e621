package dev.sightline.history;

import dev.sightline.history.Acknowledged.Spread;
import dev.sightline.history.Call.Asked;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs back and holds every answer against them, on a thread of its own, as soon as all
 * is known that could have been seen when the answer was received.
 */
final class Judge implements AutoCloseable {
  /** How much the clocks of the machine may be misread, scheduling included. */
  private static final long CLOCKS_MICROS = 5_000;

  private static final Duration FORGET = Duration.ofMinutes(2);
  private static final Duration PERIOD = Duration.ofMillis(20);

  private final Duration bound;
  private final boolean strict;
  private final FaultLog faults;
  private final Figures figures;
  private final DatabaseTime clock = new DatabaseTime();
  private final List<Era> eras = new ArrayList<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Acknowledged> writes = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final ArrayDeque<Acknowledged> unplaced = new ArrayDeque<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long judgedUntil = Long.MIN_VALUE;

  Judge(Era first, HistorySettings settings, FaultLog faults, Figures figures) {
    this.bound = settings.bound();
    this.strict = settings.strict();
    this.faults = faults;
    this.figures = figures;
    eras.add(first);
    thread = Thread.ofPlatform().name("judge").daemon().start(this::run);
  }

  void answered(Call call) {
    calls.add(call);
  }

  void acknowledged(Acknowledged write) {
    writes.add(write);
  }

  /** Does something with the eras, on the judge's thread; returns when it is done. */
  void amend(Runnable what) {
    var done = new CompletableFuture<Void>();
    tasks.add(() -> {
      try {
        what.run();
        done.complete(null);
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    while (!done.isDone()) {
      if (thread.isAlive()) {
        LockSupport.parkNanos(PERIOD.toNanos() / 10);
      } else {
        doTasks();
      }
    }
    done.join();
  }

  private synchronized void doTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** The era that lasts; within {@link #amend} only. */
  Era latest() {
    return eras.getLast();
  }

  /** As {@link #latest}, for other threads. */
  Era lasting() {
    var found = new CompletableFuture<Era>();
    amend(() -> found.complete(latest()));
    return found.join();
  }

  /** Within {@link #amend} only. */
  void add(Era era) {
    eras.add(era);
  }

  /** The story of the first wrong answer, once there is one. */
  CompletableFuture<String> failure() {
    return failure;
  }

  /** Until when all is judged that has been handed in. */
  long judgedUntil() {
    return judgedUntil;
  }

  DatabaseTime clock() {
    return clock;
  }

  private void run() {
    try {
      while (!closed && !failure.isDone()) {
        long begin = System.nanoTime();
        round();
        LockSupport.parkNanos(PERIOD.toNanos() - (System.nanoTime() - begin));
      }
    } catch (RuntimeException | AssertionError e) {
      failure.complete("the judge itself failed: " + Stories.trace(e));
    }
  }

  private void round() {
    doTasks();
    long begin = System.nanoTime();
    // Writes last: so each is known that was before a call that is.
    Call call = calls.poll();
    List<Call> taken = new ArrayList<>();
    while (call != null) {
      taken.add(call);
      call = calls.poll();
    }
    for (Acknowledged write = writes.poll(); write != null; write = writes.poll()) {
      unplaced.add(write);
    }
    waiting.addAll(taken);
    eras.forEach(era -> era.read(clock));
    place();
    judgeWhatIsKnown();
    forgetLongDead(begin);
    if (waiting.isEmpty()) {
      judgedUntil = begin;
    }
  }

  /** Nothing that is still to come can be about what died so long ago. */
  private void forgetLongDead(long now) {
    eras.removeIf(era -> {
      boolean longDead = era.isOver() && now - era.died() > FORGET.toNanos();
      if (longDead) {
        era.disconnect();
      }
      return longDead;
    });
  }

  private boolean isKnownUntil(long instant) {
    return eras.stream().allMatch(era -> era.isKnownUntil(instant));
  }

  private void place() {
    for (Iterator<Acknowledged> all = unplaced.iterator(); all.hasNext(); ) {
      Acknowledged write = all.next();
      boolean found = false;
      for (Era era : eras) {
        Branch branch = era.branch(write.organization());
        if (branch.has(write.position())) {
          branch.acknowledged.add(write.position().revision(), write.known());
          if (write.isEverywhere()) {
            branch.everywhere.add(write.position().revision(), write.known());
          }
          if (write.changed() && write.spread() == Spread.NOT_ASKED) {
            branch.begun(write.position().revision(), write.begun());
          }
          found = true;
        }
      }
      if (found) {
        all.remove();
        figures.of(faults.between(write.begun(), write.known())).wrote(write);
      } else if (isKnownUntil(write.known())) {
        fail(Stories.lost(write, faults.between(write.begun(), write.known()), eras));
        return;
      }
    }
  }

  private void judgeWhatIsKnown() {
    for (Iterator<Call> all = waiting.iterator(); all.hasNext() && !failure.isDone(); ) {
      Call call = all.next();
      if (isKnownUntil(call.received())) {
        all.remove();
        judge(call);
      }
    }
  }

  private void judge(Call call) {
    String fault = faults.between(call.begun() - bound.toNanos(), call.received());
    List<Window> windows = windows(call);
    Window found = null;
    for (Window window : windows) {
      if (problem(call, window).isEmpty()) {
        found = window;
      }
    }
    if (found == null) {
      fail(story(call, fault, windows));
      return;
    }
    if (isOnLostToken(call)) {
      fail(
          Stories.header(call, fault, bound)
              + "  Its floor is of a log that was lost: it should have been refused.\n");
      return;
    }
    note(call, fault, found);
  }

  /** Where the answer may be right: one window for each era that lasted into its time. */
  private List<Window> windows(Call call) {
    long earliest = call.asked() == Asked.CURRENT ? call.begun() : call.begun() - bound.toNanos();
    List<Window> windows = new ArrayList<>();
    for (Era era : eras) {
      long from = Math.max(earliest, era.born);
      long to = Math.min(call.received(), era.died());
      if (from <= to) {
        windows.add(
            new Window(
                era.branch(call.organization()),
                clock,
                call,
                earliest,
                to,
                bound.toNanos() / 8_000 + CLOCKS_MICROS));
      }
    }
    return windows;
  }

  /** What is wrong with it on this branch; empty: nothing. */
  private Optional<String> problem(Call call, Window window) {
    Token position = call.position();
    if (!window.branch().has(position)) {
      return Optional.of("its position is not on the log");
    }
    if (!call.named().isNone() && !window.branch().has(call.named())) {
      return Optional.of("what was named is not on the log: it should have been refused");
    }
    if (!call.heldFor()) {
      String wrong = window.wrongPosition(position);
      if (!wrong.isEmpty()) {
        return Optional.of(wrong);
      }
    }
    for (long asked : items(call, window.branch())) {
      boolean right =
          window.says(asked, position)
              && (window.isRightAt(asked, position) || window.isRightAnywhere(asked));
      if (!right) {
        return Optional.of("wrong: " + Question.say(asked));
      }
      if (!window.isOnTime(asked, position)) {
        return Optional.of("it had ended by itself: " + Question.say(asked));
      }
    }
    return Optional.empty();
  }

  /** Of a list also that what is not on it cannot be seen. */
  private static long[] items(Call call, Branch branch) {
    if (!call.isList()) {
      return call.items();
    }
    Set<Integer> listed = new HashSet<>();
    for (long item : call.items()) {
      listed.add(Question.dashboard(item));
    }
    var items = new ArrayList<Long>();
    for (long item : call.items()) {
      items.add(item);
    }
    for (int dashboard : branch.dashboards()) {
      if (!listed.contains(dashboard)) {
        items.add(Question.of(call.listed(), dashboard, 0, false));
      }
    }
    return items.stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether it was answered on the log that lasts although its floor is of one that was lost. */
  private boolean isOnLostToken(Call call) {
    Branch lasts = latest().branch(call.organization());
    return !call.floor().isNone()
        && !call.mayHaveForgotten()
        && lasts.has(call.position())
        && !lasts.has(call.floor());
  }

  private void note(Call call, String fault, Window window) {
    Figures.Line line = figures.of(fault);
    line.calls++;
    line.answers += Math.max(1, call.items().length);
    line.held += call.heldFor() ? Math.max(1, call.items().length) : 0;
    boolean isLost = latest().branch(call.organization()) != window.branch();
    for (long asked : call.items()) {
      if (Question.allowed(asked)) {
        long instant =
            isLost && !latest().branch(call.organization()).has(call.position())
                ? died(window.branch(), call.organization())
                : Honoured.revoked(
                    window.branch(), clock, asked, Honoured.restsOn(call, asked, window));
        line.honoured(call.begun() - instant, call.received() - instant);
        if (strict && call.received() - instant > bound.toNanos() + bound.toNanos() / 3) {
          fail(
              "%s  %s came %.3f ms after it was revoked%n"
                  .formatted(
                      Stories.header(call, fault, bound),
                      Question.say(asked),
                      (call.received() - instant) / 1e6));
        }
      }
    }
  }

  private long died(Branch branch, int organization) {
    return eras.stream()
        .filter(era -> era.branch(organization) == branch)
        .mapToLong(Era::died)
        .findFirst()
        .orElseThrow();
  }

  private String story(Call call, String fault, List<Window> windows) {
    var story = new StringBuilder(Stories.header(call, fault, bound));
    for (Window window : windows) {
      String problem = problem(call, window).orElse("nothing");
      story.append(Stories.on(call, window, problem, eraOf(call, window)));
    }
    return story.toString();
  }

  private @Nullable Era eraOf(Call call, Window window) {
    return eras.stream()
        .filter(era -> era.branch(call.organization()) == window.branch())
        .findFirst()
        .orElse(null);
  }

  private void fail(String story) {
    failure.complete(story);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    eras.forEach(Era::disconnect);
  }
}
