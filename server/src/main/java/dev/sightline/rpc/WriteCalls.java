package dev.sightline.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.sightline.auth.Callers;
import dev.sightline.command.Actor;
import dev.sightline.command.Command;
import dev.sightline.command.Idempotency;
import dev.sightline.command.Outcome;
import dev.sightline.command.Writes;
import dev.sightline.command.Written;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Sha256;
import dev.sightline.store.Author;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hands commands to the organization's writer and answers when they are durable. */
final class WriteCalls {
  private final Writes writes;
  private final AgentActivity activity;

  WriteCalls(Writes writes, AgentActivity activity) {
    this.writes = writes;
    this.activity = activity;
  }

  /**
   * Submits what somebody asks for; never blocks. Answers, or ends the call with the refusal.
   *
   * @param request has the fields that every write has: organization_id, actor, idempotency_key
   * @param command reads the rest of the request
   * @param parser reads the answer to a repeated request
   */
  <R, T extends Message> void write(
      StreamObserver<T> observer,
      Message request,
      Function<Actor, Command<R>> command,
      BiFunction<R, Written, T> answer,
      Parser<T> parser) {
    try {
      OrganizationId organization =
          Requests.organization((String) field(request, "organization_id"));
      Actor actor = Requests.actor(organization, (dev.sightline.v1.Actor) field(request, "actor"));
      BiFunction<R, Written, T> noted =
          actor.user().isAgent()
              ? (result, written) -> {
                activity.acted(organization, actor.user());
                return answer.apply(result, written);
              }
              : answer;
      submit(observer, request, organization, author(actor), command.apply(actor), noted, parser);
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }

  static Author author(Actor actor) {
    return new Author(
        actor.user(),
        actor.user().isAgent() ? null : actor.organization(),
        Callers.current().tokenId());
  }

  /** Submits what an operator asks for, in whose requests there is no actor. */
  <R, T extends Message> void operate(
      StreamObserver<T> observer,
      Message request,
      OrganizationId organization,
      Command<R> command,
      BiFunction<R, Written, T> answer,
      Parser<T> parser) {
    Author author = new Author(null, null, Callers.current().tokenId());
    submit(observer, request, organization, author, command, answer, parser);
  }

  /**
   * Submits what a link lets whoever holds it do.
   *
   * @param author names the link and not the caller, so that the keys of all callers meet under one
   *     name: each is told apart by its caller
   */
  <R, T extends Message> void byLink(
      StreamObserver<T> observer,
      Message request,
      OrganizationId organization,
      Author author,
      Command<R> command,
      BiFunction<R, Written, T> answer,
      Parser<T> parser) {
    String caller = Callers.current().tokenId();
    Idempotency<T> own = idempotency(request, parser, key -> NewIds.of(caller, key));
    submit(observer, organization, author, command, answer, own);
  }

  private <R, T extends Message> void submit(
      StreamObserver<T> observer,
      Message request,
      OrganizationId organization,
      Author author,
      Command<R> command,
      BiFunction<R, Written, T> answer,
      Parser<T> parser) {
    Idempotency<T> idempotency = idempotency(request, parser, UnaryOperator.identity());
    submit(observer, organization, author, command, answer, idempotency);
  }

  private <R, T extends Message> void submit(
      StreamObserver<T> observer,
      OrganizationId organization,
      Author author,
      Command<R> command,
      BiFunction<R, Written, T> answer,
      @Nullable Idempotency<T> idempotency) {
    var _ =
        writes
            .submit(
                organization, command, author, answer, idempotency, Context.current()::isCancelled)
            .whenComplete((outcome, failure) -> tell(observer, outcome, failure));
  }

  static Object field(Message request, String name) {
    return request.getField(
        Objects.requireNonNull(request.getDescriptorForType().findFieldByName(name), name));
  }

  static <T> void tell(
      StreamObserver<T> observer, @Nullable Outcome<T> outcome, @Nullable Throwable failure) {
    switch (outcome) {
      case Outcome.Done<T>(T answer) -> {
        observer.onNext(answer);
        observer.onCompleted();
      }
      case Outcome.Refused<T>(var refusal) -> observer.onError(Statuses.exception(refusal));
      case null -> {
        Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
        observer.onError(
            Calls.status(cause != null ? cause : new IllegalStateException("no outcome")));
      }
    }
  }

  /** Of a request with its idempotency key; null if it has none. */
  static <T extends Message> @Nullable Idempotency<T> idempotency(
      Message request, Parser<T> parser) {
    return idempotency(request, parser, UnaryOperator.identity());
  }

  /**
   * @param kept under which name a key is kept
   */
  private static <T extends Message> @Nullable Idempotency<T> idempotency(
      Message request, Parser<T> parser, UnaryOperator<String> kept) {
    boolean takesKey = request.getDescriptorForType().findFieldByName("idempotency_key") != null;
    String key =
        takesKey ? Requests.idempotencyKey((String) field(request, "idempotency_key")) : "";
    if (key.isEmpty()) {
      return null;
    }
    return new Idempotency<>(
        kept.apply(key), hash(request), Message::toByteArray, stored -> parsed(parser, stored));
  }

  private static <T> T parsed(Parser<T> parser, byte[] stored) {
    try {
      return parser.parseFrom(stored);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private static byte[] hash(Message request) {
    byte[] name = request.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(name, request.toByteArray());
  }

  /** Where a write can be seen. */
  static dev.sightline.v1.Written written(Written written) {
    return dev.sightline.v1.Written.newBuilder()
        .setPosition(PositionToken.of(written.graph()))
        .setRevision(written.graph().position().revision())
        .setChanged(written.changed())
        .build();
  }
}
