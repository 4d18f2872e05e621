package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchedOrganization;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the watch that an organization's near-cache rests on: opens a line when somebody asks,
 * pings while somebody asks, comes back with its cursor when the line ends, and leaves when nobody
 * has asked for long.
 *
 * <p>What a line tells is taken in at once and in its order, so a heartbeat and a confirmation mean
 * all that came before. Everything is guarded by the near-cache's lock; lines are spoken on outside
 * it.
 */
final class NearWatch {
  static final long UNUSED_FOR = TimeUnit.MINUTES.toNanos(3);
  static final long REFUSED_FOR = TimeUnit.SECONDS.toNanos(30);

  /** Where a watch stands. */
  private enum State {
    /** There is no line, and no need of one. */
    CLOSED,
    /** There is a line. */
    OPEN,
    /** The line has ended; another is made after a while. */
    WAITING,
    /** The service does not let this client watch; it is asked again after a while. */
    REFUSED,
    /** For good: the organization is let go, or the client is closed. */
    OVER
  }

  private final NearOrganization organization;
  private final NearCache cache;
  private final ReentrantLock lock;
  private final Timing timing;
  private final NearLine.Maker lines;
  private final NearPings pings = new NearPings();
  private State state = State.CLOSED;
  private @Nullable NearLine line;
  private ByteString cursor = ByteString.EMPTY;
  private long restingSince;
  private boolean resting;
  private boolean leaveIsDue;
  private int failures;

  /** Whether somebody has asked since the last ping. Set by whoever finds it unset. */
  private volatile boolean asked;

  NearWatch(NearOrganization organization, NearCache cache) {
    this.organization = organization;
    this.cache = cache;
    this.lock = cache.lock();
    this.timing = cache.timing();
    this.lines = cache.lines();
  }

  private static void nothing() {}

  /** Somebody asks. Costs a look while it is known. */
  void asked() {
    if (!asked) {
      needed();
    }
  }

  private void needed() {
    Runnable act;
    lock.lock();
    try {
      asked = true;
      organization.wasAsked();
      act =
          switch (state) {
            case CLOSED -> {
              organization.resumed(timing.now());
              yield open();
            }
            case OPEN -> resting ? awake() : NearWatch::nothing;
            case WAITING, REFUSED, OVER -> NearWatch::nothing;
          };
    } finally {
      lock.unlock();
    }
    act.run();
  }

  private Runnable open() {
    var watched =
        WatchedOrganization.newBuilder().setOrganizationId(organization.id()).setCursor(cursor);
    var start = StartWatch.newBuilder().addOrganizations(watched).setHoldsAnswers(true).build();
    var opened = lines.line(this, start);
    line = opened;
    state = State.OPEN;
    pings.begin();
    var beat = awake();
    return () -> {
      opened.begin();
      beat.run();
    };
  }

  /** Begins to ping, at once. */
  private Runnable awake() {
    if (resting) {
      organization.resumed(timing.now());
    }
    resting = false;
    return beat();
  }

  private Runnable beat() {
    var on = line;
    long now = timing.now();
    asked = false;
    timing.later(pings.interval(), () -> next(on));
    if (on == null || pings.areEnough()) {
      return NearWatch::nothing;
    }
    long id = pings.next(now); // INVARIANT: the moment is read before the ping is sent.
    return () -> on.ping(id);
  }

  private void next(@Nullable NearLine on) {
    Runnable act;
    lock.lock();
    try {
      if (state != State.OPEN || !isOpen(on)) {
        return;
      }
      act = pings.areLost(timing.now()) ? lost() : asked ? beat() : rest();
    } finally {
      lock.unlock();
    }
    act.run();
  }

  private boolean isOpen(@Nullable NearLine which) {
    return which != null && which.equals(line);
  }

  private Runnable lost() {
    var gone = line;
    comeBack();
    return gone == null ? NearWatch::nothing : gone::cancel;
  }

  /** Nobody asks: no pings, until somebody does, and no line if nobody does for long. */
  private Runnable rest() {
    resting = true;
    restingSince = timing.now();
    leaveAfter(UNUSED_FOR);
    return NearWatch::nothing;
  }

  private void leaveAfter(long nanos) {
    if (!leaveIsDue) {
      leaveIsDue = true;
      timing.later(nanos, this::leave);
    }
  }

  private void leave() {
    Runnable act = NearWatch::nothing;
    lock.lock();
    try {
      leaveIsDue = false;
      if (state == State.OPEN && resting) {
        long left = restingSince + UNUSED_FOR - timing.now();
        var gone = line;
        if (left > 0) {
          leaveAfter(left);
        } else if (gone != null) {
          close(State.CLOSED);
          act = gone::cancel;
        }
      }
    } finally {
      lock.unlock();
    }
    act.run();
  }

  /** Drops everything that is held. */
  private void close(State next) {
    line = null;
    state = next;
    cursor = ByteString.EMPTY;
    pings.begin();
    asked = false;
    organization.nothingHeld();
  }

  /** For good. The lock is held; the result is to be run outside it. */
  Runnable end() {
    var gone = line;
    close(State.OVER);
    return gone == null ? NearWatch::nothing : gone::cancel;
  }

  /** The log was set back, as somebody was told who asked: whatever is held may be of another. */
  void beginAnew() {
    Runnable act = NearWatch::nothing;
    lock.lock();
    try {
      if (state == State.OPEN || state == State.WAITING) {
        var gone = line;
        cursor = ByteString.EMPTY;
        organization.nothingHeld();
        comeBack();
        act = gone == null ? NearWatch::nothing : gone::cancel;
      }
    } finally {
      lock.unlock();
    }
    act.run();
  }

  /** The line has ended; what was not told is told on the next one. */
  void ended(NearLine which, SightlineException failure) {
    lock.lock();
    try {
      if (!isOpen(which)) {
        return;
      }
      if (isRefusal(failure)) {
        refused();
      } else if (resting) {
        close(State.CLOSED);
      } else {
        comeBack();
      }
    } finally {
      lock.unlock();
    }
  }

  private void comeBack() {
    line = null;
    organization.lineEnded();
    pings.begin();
    asked = false;
    failures++;
    state = State.WAITING;
    timing.later(Backoff.ofStreams(failures), () -> again(State.WAITING));
  }

  private void refused() {
    close(State.REFUSED);
    asked = true; // Nobody need look until the time is over.
    timing.later(REFUSED_FOR, () -> again(State.REFUSED));
  }

  private void again(State after) {
    Runnable act = NearWatch::nothing;
    lock.lock();
    try {
      if (state != after) {
        return;
      }
      if (asked && after == State.WAITING) {
        var open = open();
        act =
            () -> {
              cache.connect();
              open.run();
            };
      } else {
        close(State.CLOSED);
      }
    } finally {
      lock.unlock();
    }
    act.run();
  }

  private boolean isRefusal(SightlineException failure) {
    return switch (failure.code()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED, INTERNAL, RESOURCE_EXHAUSTED ->
          false;
      // A token ends while its line is open: whoever supplies tokens may have another by now.
      case UNAUTHENTICATED -> !pings.hasAnswered();
      case INVALID_ARGUMENT,
          NOT_FOUND,
          PERMISSION_DENIED,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          UNIMPLEMENTED ->
          true;
    };
  }

  /** Takes in what a line tells; when this returns, nothing is held that it makes untrue. */
  void told(NearLine which, WatchEvent event) {
    Runnable act;
    lock.lock();
    try {
      act = isOpen(which) ? take(which, event) : NearWatch::nothing;
    } finally {
      lock.unlock();
    }
    act.run();
  }

  private Runnable take(NearLine from, WatchEvent event) {
    switch (event.getEventCase()) {
      case STARTED -> {
        if (event.getStarted().getCursor().isEmpty()) {
          return nobodyThere(from);
        }
        started(event.getStarted().getCursor());
      }
      case LEVELS_CHANGED -> {
        organization.changed(event.getLevelsChanged());
        cursor = event.getLevelsChanged().getCursor();
      }
      case PROGRESS -> {
        organization.toldUpTo(Position.of(event.getProgress().getCursor()));
        cursor = event.getProgress().getCursor();
      }
      case RESYNC -> {
        if (event.getResync().getCursor().isEmpty()) {
          return nobodyThere(from);
        }
        organization.resync(event.getResync());
        cursor = event.getResync().getCursor();
      }
      case HEARTBEAT -> {
        return answered(from, event.getHeartbeat());
      }
      case CUT_OFF -> cutOff(event.getCutOff());
      case CONFIRM -> {
        long id = event.getConfirm().getId();
        return () -> from.confirmed(id);
      }
      case EVENT_NOT_SET -> {} // From a newer service.
    }
    return NearWatch::nothing;
  }

  /** There is no such organization, or nothing to rest on: it is asked for again after a while. */
  private Runnable nobodyThere(NearLine from) {
    refused();
    return from::cancel;
  }

  private void started(ByteString at) {
    boolean goesOn = !cursor.isEmpty() && cursor.equals(at);
    organization.started(Position.of(at), goesOn);
    cursor = at;
  }

  private void cutOff(CutOff it) {
    for (var one : it.getOrganizationsList()) {
      if (one.getOrganizationId().equals(organization.id())) {
        cursor = one.getCursor();
      }
    }
  }

  private Runnable answered(NearLine from, Heartbeat heartbeat) {
    if (heartbeat.getMaxStalenessMicros() <= 0) {
      return nobodyThere(from); // From before there were near-caches: what it says is no lease.
    }
    var asOf = pings.answered(heartbeat);
    if (asOf.isPresent()) {
      failures = 0;
      organization.proved(asOf.getAsLong(), Standing.lasts(heartbeat.getMaxStalenessMicros()));
    }
    return NearWatch::nothing;
  }
}
