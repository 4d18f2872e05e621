package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CanEditRequest;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.StreamChecksRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Single checks and batches: what is held is given, what is asked is held. */
record Checks(Scope scope) {
  /** A decision that need not be asked for. */
  @Nullable HeldDecision held(String user, Action action, String dashboard) {
    var near = scope.near();
    return near == null ? null : near.find(user, action, dashboard, scope.freshness());
  }

  /** The same as a future, or an answer of the service. */
  CompletableFuture<Decision> decide(String user, Action action, String dashboard) {
    HeldDecision held;
    try {
      held = held(user, action, dashboard);
    } catch (SightlineException e) {
      return CompletableFuture.failedFuture(e);
    }
    return held == null ? ask(user, action, dashboard) : held.future();
  }

  /** Asks the service, in the shortest way. */
  CompletableFuture<Decision> ask(String user, Action action, String dashboard) {
    var stream = scope.calls().checks();
    if (stream != null) {
      return streamed(stream, user, action, dashboard);
    }
    return switch (action) {
      case VIEW -> view(user, dashboard);
      case EDIT -> edit(user, dashboard);
      case INTERACT,
          COPY_LINK,
          SUBSCRIBE,
          DUPLICATE,
          RENAME,
          MANAGE_ACCESS,
          SHARE,
          EXPORT,
          DELETE,
          TRANSFER_OWNERSHIP,
          SET_DRAFT ->
          check(user, action, dashboard);
    };
  }

  private CompletableFuture<Decision> view(String user, String dashboard) {
    var request =
        CanViewRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setDashboardId(dashboard)
            .setConsistency(scope.consistency())
            .build();
    return scope.read(
        AccessServiceGrpc.getCanViewMethod(),
        request,
        reply -> {
          var it = reply.message();
          var proved =
              proved(reply, it.getPosition(), it.getProofAgeMicros(), it.getValidForMicros(), 0);
          return decided(user, Action.VIEW, dashboard, it.getAllowed(), reply, proved);
        });
  }

  private CompletableFuture<Decision> edit(String user, String dashboard) {
    var request =
        CanEditRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setDashboardId(dashboard)
            .setConsistency(scope.consistency())
            .build();
    return scope.read(
        AccessServiceGrpc.getCanEditMethod(),
        request,
        reply -> {
          var it = reply.message();
          var proved =
              proved(reply, it.getPosition(), it.getProofAgeMicros(), it.getValidForMicros(), 0);
          return decided(user, Action.EDIT, dashboard, it.getAllowed(), reply, proved);
        });
  }

  private CompletableFuture<Decision> check(String user, Action action, String dashboard) {
    var request =
        CheckRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setDashboardId(dashboard)
            .setActionValue(Translation.number(action))
            .setConsistency(scope.consistency())
            .build();
    return scope.read(
        AccessServiceGrpc.getCheckMethod(),
        request,
        reply -> {
          var it = reply.message();
          var proved =
              proved(reply, it.getPosition(), it.getProofAgeMicros(), it.getValidForMicros(), 0);
          return decided(user, action, dashboard, it.getAllowed(), reply, proved);
        });
  }

  private CompletableFuture<Decision> streamed(
      CheckStream stream, String user, Action action, String dashboard) {
    var question =
        StreamChecksRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .setUserId(user)
            .setDashboardId(dashboard)
            .setActionValue(Translation.number(action))
            .setConsistency(scope.consistency())
            .build();
    return scope.streamed(
        stream.ask(question, scope.within()),
        reply -> {
          var it = reply.message();
          var proved =
              proved(
                  reply,
                  it.getPosition(),
                  it.getProofAgeMicros(),
                  it.getValidForMicros(),
                  it.getLevelValue());
          return decided(user, action, dashboard, it.getAllowed(), reply, proved);
        });
  }

  /** A batch always asks, because all of it is of one position; but its answers are held. */
  CompletableFuture<List<Answer>> askAll(List<Question> questions) {
    var request =
        BatchCheckRequest.newBuilder()
            .setOrganizationId(scope.organization())
            .addAllItems(questions.stream().map(Translation::item).toList())
            .setConsistency(scope.consistency())
            .build();
    return scope.read(
        AccessServiceGrpc.getBatchCheckMethod(), request, reply -> answers(questions, reply));
  }

  private List<Answer> answers(List<Question> questions, Reply<BatchCheckResponse> reply) {
    var it = reply.message();
    var evidence =
        scope.evidence(reply, it.getPosition(), it.getProofAgeMicros(), it.getValidForMicros());
    var near = scope.near();
    boolean holds = near != null && near.isBegun();
    var answers = new ArrayList<Answer>(it.getResultsCount());
    for (CheckResult result : it.getResultsList()) {
      // A service that answers more than it was asked is not to be trusted with the rest either.
      var question = questions.get(answers.size());
      answers.add(Translation.answer(result, evidence));
      if (near != null && holds && !result.hasError()) {
        var proved =
            proved(
                reply,
                it.getPosition(),
                it.getProofAgeMicros(),
                it.getValidForMicros(),
                result.getLevelValue());
        near.fill(
            question.user(), question.action(), question.dashboard(), result.getAllowed(), proved);
      }
    }
    return List.copyOf(answers);
  }

  private Decision decided(
      String user,
      Action action,
      String dashboard,
      boolean allowed,
      Reply<?> reply,
      Proved proved) {
    var evidence = proved.evidence(reply.elapsedMicros());
    var near = scope.near();
    if (near != null) {
      near.fill(user, action, dashboard, allowed, proved);
    }
    return Translation.decision(allowed, evidence);
  }

  /**
   * @param level its number, or 0 if it was not told: a single call does not, nor does a service
   *     that does not know streams
   */
  private Proved proved(
      Reply<?> reply, ByteString position, long proofAge, long validFor, int level) {
    return new Proved(
        scope.saw(position),
        reply.sentAt(),
        proofAge,
        validFor,
        level == 0 ? null : Translation.level(level));
  }
}
