package dev.sightline.auth;

import dev.sightline.model.Refusal;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call between the wire and its service. What it promises: the service hears of nothing before
 * the caller is known and holds a scope, of no message that names an organization out of reach, and
 * of everything else in the order in which it came in, one thing at a time.
 *
 * <p>Usually every answer is at hand, and each event is passed on by the event loop that brings it.
 * If one is not, that event is <em>held</em>, and those that come in behind it queue up. A virtual
 * thread then takes them one by one, waits where it must, and passes them on; when none is left,
 * the event loop passes on what comes next. So at any moment at most one thread talks to the
 * service, and each sees what the other did, because {@link HeldEvents} hands over through a
 * volatile.
 */
final class GuardedCall<Q, S> extends ServerCall.Listener<Q> {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedCall.class);

  private final Authorization authorization;
  private final RpcRule.Guarded rule;
  private final ServerCall<Q, S> call;
  private final Metadata headers;
  private final ServerCallHandler<Q, S> next;
  private final Context context = Context.current();

  private final HeldEvents held = new HeldEvents(this::fail);

  // What follows belongs to whoever is passing on: the event loop, or the thread of what is held.
  private @Nullable Caller caller;
  private ServerCall.@Nullable Listener<Q> service;
  private @Nullable StreamCall<Q, S> stream;
  private @Nullable String reached;
  private boolean refused;

  GuardedCall(
      Authorization authorization,
      RpcRule.Guarded rule,
      ServerCall<Q, S> call,
      Metadata headers,
      ServerCallHandler<Q, S> next) {
    this.authorization = authorization;
    this.rule = rule;
    this.call = call;
    this.headers = headers;
    this.next = next;
  }

  void open() {
    String presented = Authorization.authorization(headers);
    Identity atOnce = authorization.authentication.ifKnown(presented);
    if (atOnce == null) {
      held.hold(() -> startUnlessCancelled(authorization.authentication.find(presented)));
    } else {
      start(atOnce);
    }
  }

  private void startUnlessCancelled(Identity identity) {
    if (!call.isCancelled()) {
      start(identity);
    }
  }

  private void start(Identity identity) {
    switch (identity) {
      case Identity.Refused(Refusal refusal) -> refuse(refusal);
      case Identity.Known(Caller known) -> {
        if (!known.scopes().containsAnyOf(rule.anyOf())) {
          refuse(CallerRefusals.needsOneOf(rule.anyOf()));
        } else if (rule.target() instanceof RpcRule.Everything
            && !(known.binding() instanceof Binding.All)) {
          refuse(CallerRefusals.NOT_FOR_ALL);
        } else {
          letIn(known);
        }
      }
    }
  }

  private void letIn(Caller known) {
    caller = known;
    ServerCall<Q, S> shown = call;
    if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
      stream = new StreamCall<>(call);
      shown = stream;
    }
    service = Contexts.interceptCall(Callers.with(context, known), shown, headers, next);
    if (stream != null) {
      authorization.streams.opened(known, Authorization.authorization(headers), stream);
    }
  }

  @Override
  public void onMessage(Q message) {
    if (held.any() && held.added(() -> passMessage(message))) {
      return;
    }
    if (isUnreadable(message)) {
      return;
    }
    String organization = organizationIn(message);
    Reach reach =
        organization == null || caller == null
            ? Reach.INSIDE
            : Reach.ifKnown(caller.binding(), organization, authorization.realms);
    if (reach == Reach.UNKNOWN) {
      held.hold(() -> passMessage(message));
    } else {
      pass(message, organization, reach);
    }
  }

  /** Passes a message on once it is known where it belongs. May wait. */
  private void passMessage(Q message) {
    if (isUnreadable(message)) {
      return;
    }
    String organization = organizationIn(message);
    if (organization == null || caller == null) {
      pass(message, organization, Reach.INSIDE);
    } else {
      Reach reach = Reach.find(caller.binding(), organization, authorization.realms);
      pass(message, organization, reach);
    }
  }

  /** Refuses what only stands for a message, if nothing was refused before. */
  @SuppressWarnings("ReferenceEquality") // one object stands for all of them
  private boolean isUnreadable(Q message) {
    if (message != rule.tooLarge() && message != rule.malformed()) {
      return false;
    }
    if (!isOver()) {
      refuse(message == rule.tooLarge() ? CallerRefusals.TOO_LARGE : CallerRefusals.MALFORMED);
    }
    return true;
  }

  private void pass(Q message, @Nullable String organization, Reach reach) {
    if (isOver() || service == null || caller == null) {
      return;
    }
    switch (reach) {
      case INSIDE -> {
        if (organization != null) {
          reached = organization;
        }
        service.onMessage(message);
      }
      case OUTSIDE ->
          refuse(
              CallerRefusals.outside(caller.binding(), organization == null ? "" : organization));
      case UNKNOWN -> refuse(CallerRefusals.REACH_UNKNOWN);
    }
  }

  /**
   * The organization that a message names, if it has to be looked at: not where the last one named
   * the same, nor where a later message of a stream leaves it out.
   */
  private @Nullable String organizationIn(Q message) {
    if (!(rule.target() instanceof RpcRule.OneOrganization target) || isOver()) {
      return null;
    }
    String organization = target.named().apply(message);
    boolean same = reached != null && (organization.isEmpty() || organization.equals(reached));
    return same ? null : organization;
  }

  @Override
  public void onReady() {
    tell(ServerCall.Listener::onReady);
  }

  @Override
  public void onHalfClose() {
    tell(ServerCall.Listener::onHalfClose);
  }

  private void tell(Consumer<ServerCall.Listener<?>> event) {
    if (!held.any() || !held.added(() -> passOn(event))) {
      passOn(event);
    }
  }

  private void passOn(Consumer<ServerCall.Listener<?>> event) {
    if (service != null && !isOver()) {
      event.accept(service);
    }
  }

  @Override
  public void onCancel() {
    if (!held.any() || !held.added(() -> end(true))) {
      end(true);
    }
  }

  @Override
  public void onComplete() {
    if (!held.any() || !held.added(() -> end(isOver()))) {
      end(isOver());
    }
  }

  /**
   * A call that was ended here, rather than by the service, is cancelled as far as that can see.
   */
  private void end(boolean cancelled) {
    if (stream != null && caller != null) {
      authorization.streams.ended(caller, stream);
    }
    if (service == null) {
      return;
    }
    if (cancelled) {
      service.onCancel();
    } else {
      service.onComplete();
    }
  }

  private void refuse(Refusal refusal) {
    if (isOver()) {
      return;
    }
    refused = true;
    if (stream == null) {
      authorization.close(call, refusal);
    } else {
      stream.end(authorization.status(refusal));
    }
  }

  private boolean isOver() {
    return refused || (stream != null && stream.isEnded());
  }

  /** As the server does with what a service throws on the event loop. */
  private void fail(Throwable thrown) {
    LOG.error("{} failed", call.getMethodDescriptor().getFullMethodName(), thrown);
    if (!isOver()) {
      refused = true;
      Status status = Status.INTERNAL.withDescription("The server failed; its log says how.");
      if (stream == null) {
        call.close(status, new Metadata());
      } else {
        stream.end(status.asRuntimeException());
      }
    }
  }
}
