package dev.sightline.client;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResponse;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a client, over one stream: a seventh of the cost of a call each.
 *
 * <p>A thousand questions at most are on their way; the others wait here, in their order, up to a
 * bound, beyond which they are refused. Each has a deadline of its own. When the stream ends, what
 * was not answered is asked again on the next one. A refusal of the whole stream does not say which
 * question it is about, so then each is asked in a call of its own, which does.
 *
 * <p>INVARIANT: an unanswered question is in exactly one of {@code waiting}, {@code onTheirWay}, a
 * call of its own, or a delay. Everything is guarded by the lock; answers are given outside it.
 */
final class CheckStream implements LongLived {
  private static final int MOST_ON_THEIR_WAY = 1_000;
  private static final int MOST_WAITING = 100_000;
  private static final long SWEEP_EVERY = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

  private final Calls calls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Deque<AskedCheck> waiting = new ArrayDeque<>();
  private final Map<Long, AskedCheck> onTheirWay = new LinkedHashMap<>();
  private @Nullable Stream stream;
  private @Nullable SightlineException lastFailure;
  private long lastId;
  private int failures;
  private int delayed;
  private boolean pausing;
  private boolean sweeping;
  private boolean unknownToService;
  private boolean stopped;
  private boolean closed;

  CheckStream(Calls calls) {
    this.calls = calls;
  }

  /** Asks; the answer fails with {@link SightlineException}. Cancelling it drops the question. */
  CompletableFuture<Reply<StreamChecksResponse>> ask(
      StreamChecksRequest question, Duration within) {
    var asked = new AskedCheck(question, System.nanoTime() + within.toNanos());
    boolean alone;
    lock.lock();
    try {
      var refusal = refusal();
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      alone = unknownToService;
      if (!alone) {
        waiting.add(asked);
        sendWaiting();
        sweepLater();
      }
    } finally {
      lock.unlock();
    }
    if (alone) {
      askAlone(asked);
    }
    return asked.answer;
  }

  private @Nullable SightlineException refusal() {
    if (stopped) {
      return SightlineException.of(Code.CANCELLED, "This client is closed; connect another.");
    }
    if (waiting.size() >= MOST_WAITING) {
      return new SightlineException(
          Code.RESOURCE_EXHAUSTED,
          Reason.TOO_MANY_WAITING.name(),
          "There are " + MOST_WAITING + " checks waiting already; ask them later.",
          Map.of());
    }
    return null;
  }

  /** Sends what may be sent, on the stream that there is, or on a new one. */
  private void sendWaiting() {
    if (stream == null && !waiting.isEmpty() && !pausing) {
      open();
    }
    var out = stream;
    while (out != null && out.hasRoom() && !waiting.isEmpty()) {
      var asked = waiting.remove();
      if (!asked.isDone()) {
        out.send(asked);
      }
      out = stream; // A call that fails at once has ended it.
    }
  }

  /** Not in the context of whoever asks first, or the stream would end with that one's call. */
  private void open() {
    Context.ROOT.run(() -> {
      var opened = new Stream(calls.open(AccessServiceGrpc.getStreamChecksMethod(), ""));
      stream = opened;
      opened.call.start(opened, new Metadata());
      opened.call.request(Integer.MAX_VALUE); // No more come than were asked for.
    });
  }

  /** One stream, from opening to end. */
  private final class Stream extends ClientCall.Listener<StreamChecksResponse> {
    final ClientCall<StreamChecksRequest, StreamChecksResponse> call;
    private String organization = "";
    long heardAt = System.nanoTime();

    Stream(ClientCall<StreamChecksRequest, StreamChecksResponse> call) {
      this.call = call;
    }

    boolean hasRoom() {
      return !closed && onTheirWay.size() < MOST_ON_THEIR_WAY && call.isReady();
    }

    void send(AskedCheck asked) {
      lastId++;
      onTheirWay.put(lastId, asked);
      asked.sentAt = System.nanoTime();
      var question = asked.question.toBuilder().setId(lastId);
      if (asked.question.getOrganizationId().equals(organization)) {
        question.clearOrganizationId();
      }
      organization = asked.question.getOrganizationId();
      call.sendMessage(question.build());
    }

    @Override
    public void onReady() {
      lock.lock();
      try {
        sendWaiting();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void onMessage(StreamChecksResponse message) {
      AskedCheck asked;
      lock.lock();
      try {
        heardAt = System.nanoTime();
        failures = 0;
        asked = onTheirWay.remove(message.getId());
        sendWaiting();
      } finally {
        lock.unlock();
      }
      if (asked != null) {
        answered(asked, message);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended(this, status, Failures.exception(status.asRuntimeException(trailers)));
    }
  }

  private void answered(AskedCheck asked, StreamChecksResponse message) {
    if (!message.hasError()) {
      calls.answered();
      asked.answer.complete(Reply.now(message, asked.sentAt));
      return;
    }
    var failure = Failures.ofItem(message.getError());
    asked.failures++;
    long wait = Backoff.after(asked.failures);
    boolean hasTime = asked.left().toNanos() > wait;
    if (failure.code() == Code.UNAVAILABLE && hasTime && calls.mayRepeat()) {
      delay(wait, asked);
    } else {
      asked.answer.completeExceptionally(failure);
    }
  }

  private void delay(long nanos, AskedCheck asked) {
    lock.lock();
    try {
      delayed++;
    } finally {
      lock.unlock();
    }
    calls.later(nanos, () -> askAgain(asked));
  }

  private void askAgain(AskedCheck asked) {
    lock.lock();
    try {
      delayed--;
      waiting.addFirst(asked);
      sendWaiting();
      sweepLater();
    } finally {
      lock.unlock();
    }
  }

  private void ended(Stream which, Status status, SightlineException failure) {
    var alone = new ArrayList<AskedCheck>();
    lock.lock();
    try {
      if (!which.equals(stream)) {
        return;
      }
      stream = null;
      List.copyOf(onTheirWay.values()).reversed().forEach(waiting::addFirst);
      onTheirWay.clear();
      unknownToService = status.getCode() == Status.Code.UNIMPLEMENTED;
      while (isRefusal(status) && alone.size() < MOST_ON_THEIR_WAY && !waiting.isEmpty()) {
        alone.add(waiting.remove());
      }
      pause(failure);
    } finally {
      lock.unlock();
    }
    alone.forEach(this::askAlone);
  }

  private static boolean isRefusal(Status status) {
    return switch (status.getCode()) {
      case OK, UNAVAILABLE, CANCELLED, ABORTED, DEADLINE_EXCEEDED -> false;
      default -> true;
    };
  }

  private void pause(SightlineException failure) {
    lastFailure = failure;
    failures++;
    pausing = true;
    calls.later(Backoff.after(failures), this::goOn);
  }

  private void goOn() {
    lock.lock();
    try {
      pausing = false;
      calls.connectNow();
      sendWaiting();
    } finally {
      lock.unlock();
    }
  }

  /** In a call of its own, which is refused, if it is, for what it asks. */
  private void askAlone(AskedCheck asked) {
    if (asked.isDone()) {
      return;
    }
    var question = asked.question;
    var request =
        CheckRequest.newBuilder()
            .setOrganizationId(question.getOrganizationId())
            .setUserId(question.getUserId())
            .setDashboardId(question.getDashboardId())
            .setActionValue(question.getActionValue())
            .setConsistency(question.getConsistency())
            .build();
    var call =
        calls.call(
            AccessServiceGrpc.getCheckMethod(),
            request,
            question.getOrganizationId(),
            asked.left());
    var _ =
        call.whenComplete((reply, failure) -> {
          if (failure == null) {
            var streamed = streamed(reply.message());
            asked.answer.complete(new Reply<>(streamed, reply.sentAt(), reply.elapsedMicros()));
          } else {
            asked.answer.completeExceptionally(failure);
          }
        });
  }

  private static StreamChecksResponse streamed(CheckResponse it) {
    return StreamChecksResponse.newBuilder()
        .setAllowed(it.getAllowed())
        .setPosition(it.getPosition())
        .setProofAgeMicros(it.getProofAgeMicros())
        .setValidForMicros(it.getValidForMicros())
        .build();
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      calls.later(SWEEP_EVERY, this::sweep);
    }
  }

  /** Ends what is out of time; gives up a stream that owes an answer and brings nothing. */
  private void sweep() {
    var late = new ArrayList<AskedCheck>();
    Stream lost = null;
    SightlineException failure;
    lock.lock();
    try {
      long now = System.nanoTime();
      sweeping = false;
      collectLate(waiting, now, late);
      collectLate(onTheirWay.values(), now, late);
      waiting.removeIf(it -> it.isDone() || it.isLate(now));
      failure = stream == null ? lastFailure : null;
      lost = lost(now);
      if (isIdle()) {
        idle.signalAll();
      } else {
        sweepLater();
      }
    } finally {
      lock.unlock();
    }
    for (var asked : late) {
      asked.answer.completeExceptionally(failure == null ? late() : failure.causedBy(failure));
    }
    if (lost != null) {
      var nothing = Status.UNAVAILABLE.withDescription("The connection brings nothing any more.");
      ended(lost, nothing, Failures.exception(nothing.asRuntimeException()));
      lost.call.cancel("It brings nothing any more.", null); // Nobody sends on it any more.
    }
  }

  private boolean isIdle() {
    return delayed == 0
        && waiting.isEmpty()
        && onTheirWay.values().stream().allMatch(AskedCheck::isDone);
  }

  private static void collectLate(Collection<AskedCheck> from, long now, List<AskedCheck> late) {
    for (var asked : from) {
      if (asked.isLate(now) && !asked.isDone()) {
        late.add(asked);
      }
    }
  }

  private static SightlineException late() {
    return SightlineException.of(
        Code.DEADLINE_EXCEEDED, "There was no answer within the deadline; allow more time.");
  }

  private @Nullable Stream lost(long now) {
    var it = stream;
    if (it == null || now - it.heardAt < LONGEST_SILENCE) {
      return null;
    }
    boolean owes =
        onTheirWay.values().stream()
            .anyMatch(asked -> asked.isLate(now) && now - asked.sentAt > LONGEST_SILENCE);
    return owes ? it : null;
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitEnd(Duration grace) {
    lock.lock();
    try {
      long left = grace.toNanos();
      while (left > 0 && !isIdle()) {
        left = idle.awaitNanos(left);
      }
      closed = true;
      if (stream != null) {
        stream.call.halfClose();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
