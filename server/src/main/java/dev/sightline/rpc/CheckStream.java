package dev.sightline.rpc;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.ItemError;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one stream. What it promises: each question gets one answer, all answers come
 * before the stream ends, and whatever the caller does, memory is bounded.
 *
 * <p>A question is answered by the event loop that brings it if the graph is here and fresh, else
 * by a virtual thread as soon as it is, so answers overtake each other.
 *
 * <p><b>Reading.</b> The caller has credit for {@link #WINDOW} questions. An answer that was
 * written gives a question's credit back, {@link #REFILL} at once because each return costs
 * something, and only while the caller reads. So of a caller who does not, no more than the window
 * is taken in after gRPC's buffer is full; the rest stays in the connection's flow control. And so
 * no more than the window wait for a graph.
 *
 * <p><b>Writing.</b> Several threads make answers; one at a time writes. Who comes meanwhile leaves
 * its answer to the one who writes, and does not wait: it may be an event loop. {@code turns}
 * counts how often somebody has come since; who raises it from 0 writes until it is 0 again. What
 * needs the same protection ({@code owed}) is only touched then.
 *
 * <p><b>Ending.</b> No more questions are taken in once the caller has none or the node stops,
 * whichever comes first; it also says how the stream ends.
 *
 * <p>INVARIANT: {@code unanswered} counts the questions whose answers are not written yet, and one
 * for more being taken in. Who takes it to 0 ends the stream, alone by then; it stays 0.
 */
final class CheckStream implements StreamObserver<StreamChecksRequest> {
  /** The most questions that are taken in beyond those whose answers the caller has room for. */
  static final int WINDOW = 256;

  private static final int REFILL = 64;

  private static final Refusal STOPPING =
      Refusal.of(
          Reason.SERVER_STOPPING,
          "This node is stopping; ask what was not answered on another stream, to any node.");

  private final CheckStreams streams;
  private final Calls calls;
  private final Proof proof;
  private final AgentActivity activity;
  private final ServerCallStreamObserver<StreamChecksResponse> observer;

  // Belongs to whoever brings the questions, one after the other.
  private @Nullable OrganizationId organization;

  private final AtomicBoolean takesMore = new AtomicBoolean(true);
  private final AtomicInteger unanswered = new AtomicInteger(1);
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;
  private volatile boolean stopped;

  private final AtomicInteger turns = new AtomicInteger();
  private final Queue<StreamChecksResponse> left = new ConcurrentLinkedQueue<>();
  private int owed;

  private CheckStream(
      CheckStreams streams,
      Calls calls,
      Proof proof,
      AgentActivity activity,
      ServerCallStreamObserver<StreamChecksResponse> observer) {
    this.streams = streams;
    this.calls = calls;
    this.proof = proof;
    this.activity = activity;
    this.observer = observer;
  }

  /** Must be called before the service method returns. */
  static CheckStream on(
      CheckStreams streams,
      Calls calls,
      Proof proof,
      AgentActivity activity,
      StreamObserver<StreamChecksResponse> observer) {
    var stream =
        new CheckStream(
            streams,
            calls,
            proof,
            activity,
            (ServerCallStreamObserver<StreamChecksResponse>) observer);
    stream.open();
    streams.opened(stream);
    return stream;
  }

  private void open() {
    observer.disableAutoRequest();
    observer.setOnReadyHandler(this::takeTurn);
    observer.setOnCancelHandler(this::cancel);
    observer.request(WINDOW);
  }

  // ---- questions ------------------------------------------------------------------------------

  @Override
  public void onNext(StreamChecksRequest question) {
    if (!taken()) {
      return;
    }
    try {
      OrganizationId about = organization(question.getOrganizationId());
      Requirement requirement = Calls.requirement(about, question.getConsistency());
      Fresh fresh = calls.peek(about, requirement);
      if (fresh != null) {
        StreamChecksResponse answer = answer(fresh, question);
        if (calls.stillFresh(fresh)) {
          send(answer);
          return;
        }
      }
      answerLater(about, requirement, question);
    } catch (RuntimeException e) {
      send(failed(question.getId(), ItemErrors.ofFailure(e)));
    }
  }

  /** Counts a question, unless no more are taken in: its caller hears of that when all ends. */
  private boolean taken() {
    return takesMore.get() && unanswered.getAndUpdate(before -> before == 0 ? 0 : before + 1) > 0;
  }

  /**
   * INVARIANT: what is left out is what the question before named, even if that was no id: it is
   * what the caller's reach was checked for.
   */
  private OrganizationId organization(String named) {
    OrganizationId before = organization;
    if (before != null && (named.isEmpty() || named.equals(before.value()))) {
      return before;
    }
    organization = null;
    organization = Requests.organization(named);
    return organization;
  }

  private StreamChecksResponse answer(Fresh fresh, StreamChecksRequest question) {
    OrgGraph graph = fresh.graph();
    Action action = Enums.actionOrNull(question.getAction());
    int person = graph.personOrdinal(question.getUserId());
    int dashboard = graph.dashboardOrdinal(question.getDashboardId());
    ItemError error = person < 0 || dashboard < 0 || action == null ? error(question) : null;
    if (error != null || action == null) {
      return failed(question.getId(), Objects.requireNonNull(error));
    }
    int decision = AccessRules.decide(graph, person, dashboard);
    activity.decided(graph.id(), question.getUserId(), decision);
    return StreamChecksResponse.newBuilder()
        .setId(question.getId())
        .setAllowed(action.allowedBy(AccessRules.level(decision), AccessRules.because(decision)))
        .setLevel(Enums.toProto(AccessRules.level(decision)))
        .setPosition(proof.position(fresh))
        .setProofAgeMicros(proof.ageMicros(fresh))
        .setValidForMicros(proof.validForMicros(fresh, person, dashboard, decision))
        .build();
  }

  private static @Nullable ItemError error(StreamChecksRequest question) {
    return ItemErrors.ofQuestion(
        question.getUserId(),
        question.getDashboardId(),
        Enums.actionOrNull(question.getAction()),
        question.getActionValue());
  }

  private static StreamChecksResponse failed(long id, ItemError error) {
    return StreamChecksResponse.newBuilder().setId(id).setError(error).build();
  }

  /** Answers on a virtual thread once the graph is here, unless there is nothing to wait for. */
  private void answerLater(
      OrganizationId about, Requirement requirement, StreamChecksRequest question) {
    ItemError error = error(question);
    if (error != null) {
      send(failed(question.getId(), error));
      return;
    }
    StreamChecksRequest small = withoutBallast(question);
    calls
        .virtualThreads()
        .execute(Context.current().wrap(() -> awaitAnswer(about, requirement, small)));
  }

  /** As large as well-formed ids are, whatever else the caller sent along: many may wait. */
  private static StreamChecksRequest withoutBallast(StreamChecksRequest question) {
    return StreamChecksRequest.newBuilder()
        .setId(question.getId())
        .setUserId(question.getUserId())
        .setDashboardId(question.getDashboardId())
        .setAction(question.getAction())
        .build();
  }

  private void awaitAnswer(
      OrganizationId about, Requirement requirement, StreamChecksRequest question) {
    waiting.add(Thread.currentThread());
    try {
      if (!cancelled) {
        send(calls.fresh(about, requirement, fresh -> answer(fresh, question)));
      }
    } catch (Throwable e) {
      send(failed(question.getId(), ItemErrors.ofFailure(e)));
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  @Override
  public void onCompleted() {
    if (takesMore.getAndSet(false)) {
      answered();
    }
  }

  /**
   * Ends the stream once what was taken in is answered; to be asked on is the caller's to see to.
   */
  void stop() {
    if (takesMore.getAndSet(false)) {
      stopped = true;
      answered();
    }
  }

  /** {@link #cancel} hears of it, too, and of more. */
  @Override
  public void onError(Throwable cancelled) {}

  /** Nobody wants the answers any more: those that wait for a graph stop waiting. */
  private void cancel() {
    cancelled = true;
    streams.ended(this);
    waiting.forEach(Thread::interrupt);
  }

  // ---- answers --------------------------------------------------------------------------------

  private void send(StreamChecksResponse answer) {
    if (turns.compareAndSet(0, 1)) {
      write(answer);
      if (turns.decrementAndGet() > 0) {
        writeWhatIsLeft();
      }
    } else {
      left.add(answer);
      takeTurn();
    }
  }

  /** Writes what is left, and asks for more, unless somebody is about to. */
  private void takeTurn() {
    if (turns.getAndIncrement() == 0) {
      writeWhatIsLeft();
    }
  }

  private void writeWhatIsLeft() {
    do {
      StreamChecksResponse answer = left.poll();
      if (answer == null) {
        askForMore();
      } else {
        write(answer);
      }
    } while (turns.decrementAndGet() > 0);
  }

  private void write(StreamChecksResponse answer) {
    if (cancelled) {
      return;
    }
    observer.onNext(answer);
    owed++;
    askForMore();
    answered();
  }

  private void askForMore() {
    if (owed >= REFILL && observer.isReady()) {
      observer.request(owed);
      owed = 0;
    }
  }

  private void answered() {
    if (unanswered.decrementAndGet() > 0) {
      return;
    }
    streams.ended(this);
    if (stopped) {
      observer.onError(Statuses.exception(STOPPING));
    } else {
      observer.onCompleted();
    }
  }
}
