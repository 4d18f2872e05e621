package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.Action;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of checks as its caller sees it, who decides how many answers are read. For one thread.
 */
final class CheckConversation extends ClientCall.Listener<StreamChecksResponse> {
  private static final int ALL = Integer.MAX_VALUE;
  private static final long PATIENCE_SECONDS = 60;

  private final ClientCall<StreamChecksRequest, StreamChecksResponse> call;
  private final BlockingQueue<StreamChecksResponse> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<StatusRuntimeException> closed = new CompletableFuture<>();

  private CheckConversation(Channel channel) {
    call = channel.newCall(AccessServiceGrpc.getStreamChecksMethod(), CallOptions.DEFAULT);
    call.start(this, new Metadata());
  }

  /** Reads every answer. */
  static CheckConversation on(Channel channel) {
    CheckConversation conversation = unread(channel);
    conversation.read(ALL);
    return conversation;
  }

  /** Reads none until it is told to. */
  static CheckConversation unread(Channel channel) {
    return new CheckConversation(channel);
  }

  /** Asks all of this on a stream of its own; the answers are in the order of their ids. */
  static List<StreamChecksResponse> answers(Channel channel, List<StreamChecksRequest> questions) {
    CheckConversation conversation = on(channel);
    questions.forEach(conversation::ask);
    List<StreamChecksResponse> answers = new ArrayList<>(conversation.end());
    answers.sort((a, b) -> Long.compare(a.getId(), b.getId()));
    return answers;
  }

  static StreamChecksRequest.Builder question(
      long id, String organization, String user, String dashboard) {
    return StreamChecksRequest.newBuilder()
        .setId(id)
        .setOrganizationId(organization)
        .setUserId(user)
        .setDashboardId(dashboard)
        .setAction(Action.ACTION_VIEW);
  }

  void ask(StreamChecksRequest question) {
    call.sendMessage(question);
  }

  /** Asks, and gives the next answer, which must be the one to this. */
  StreamChecksResponse answer(StreamChecksRequest.Builder question) {
    ask(question.build());
    StreamChecksResponse answer = next();
    assertEquals(question.getId(), answer.getId());
    return answer;
  }

  /** Whether there is room for another question. */
  boolean isReady() {
    return call.isReady();
  }

  /** Takes so many answers more. */
  void read(int count) {
    call.request(count);
  }

  int unclaimed() {
    return answers.size();
  }

  StreamChecksResponse next() {
    try {
      StreamChecksResponse answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTrue(answer != null, () -> "no answer came, the stream is " + closed);
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<StreamChecksResponse> next(int count) {
    List<StreamChecksResponse> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(next());
    }
    return taken;
  }

  /** Has no more questions; gives the answers that nobody has claimed, once the stream is over. */
  List<StreamChecksResponse> end() {
    call.halfClose();
    StatusRuntimeException status = closed();
    assertTrue(status.getStatus().isOk(), status::toString);
    List<StreamChecksResponse> rest = new ArrayList<>();
    answers.drainTo(rest);
    return rest;
  }

  void cancel() {
    call.cancel("enough", null);
  }

  /** How the stream was ended, once it is. */
  StatusRuntimeException closed() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void onMessage(StreamChecksResponse answer) {
    answers.add(answer);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    closed.complete(status.asRuntimeException(trailers));
  }
}
