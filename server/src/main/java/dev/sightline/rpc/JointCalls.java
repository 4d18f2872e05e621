package dev.sightline.rpc;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.sightline.auth.Binding;
import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.command.Actor;
import dev.sightline.command.JointCommand;
import dev.sightline.command.JointWrites;
import dev.sightline.command.Written;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Author;
import dev.sightline.v1.PortalWritten;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/** Hands commands about several organizations to their writer. */
final class JointCalls {
  private static final int MOST_PORTALS = 100;

  private final JointWrites writes;
  private final BindingCheck reach;

  JointCalls(JointWrites writes, BindingCheck reach) {
    this.writes = writes;
    this.reach = reach;
  }

  /** Reads a request that names an organization of a realm and an actor of its root. */
  interface InRealm<R> {
    JointCommand<R> command(OrganizationId within, Actor actor);
  }

  /** Submits what somebody asks for in a realm; never blocks. */
  <R, T extends Message> void write(
      StreamObserver<T> observer,
      Message request,
      InRealm<R> command,
      BiFunction<R, Map<OrganizationId, Written>, T> answer,
      Parser<T> parser) {
    try {
      OrganizationId within =
          Requests.organization((String) WriteCalls.field(request, "organization_id"));
      Actor actor =
          Requests.actor(within, (dev.sightline.v1.Actor) WriteCalls.field(request, "actor"));
      submit(
          observer,
          request,
          command.command(within, actor),
          WriteCalls.author(actor),
          answer,
          parser);
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }

  /** Submits a command. */
  <R, T extends Message> void submit(
      StreamObserver<T> observer,
      Message request,
      JointCommand<R> command,
      Author author,
      BiFunction<R, Map<OrganizationId, Written>, T> answer,
      Parser<T> parser) {
    requireReach(Callers.current(), command.organizations());
    var _ =
        writes
            .submit(
                command,
                author,
                answer,
                WriteCalls.idempotency(request, parser),
                Context.current()::isCancelled)
            .whenComplete((outcome, failure) -> WriteCalls.tell(observer, outcome, failure));
  }

  /**
   * A token for one organization reaches no other. Of one for a realm it is known that it reaches
   * the organization that the request names, and what lies outside of that realm is not found.
   */
  private void requireReach(Caller caller, Collection<OrganizationId> portals) {
    if (caller.binding() instanceof Binding.OneOrganization) {
      portals.forEach(portal -> DashboardRpc.refuse(reach.organization(caller, portal)));
    }
  }

  /** 1 to 100 portals, none twice. */
  static List<OrganizationId> portals(List<String> ids) {
    if (ids.isEmpty() || ids.size() > MOST_PORTALS) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "organization_ids",
          "organization_ids names 1 to %d portals, not %d".formatted(MOST_PORTALS, ids.size()));
    }
    Set<OrganizationId> portals = new LinkedHashSet<>();
    for (String id : ids) {
      OrganizationId portal = Requests.id("organization_ids", id, OrganizationId::new);
      if (!portals.add(portal)) {
        throw Requests.invalid(
            Reason.NAMED_TWICE, "organization_ids", "portal " + id + " is named twice");
      }
    }
    return List.copyOf(portals);
  }

  /** Where the change of one organization is in. */
  static dev.sightline.v1.Written written(
      Map<OrganizationId, Written> written, OrganizationId organization) {
    return WriteCalls.written(Objects.requireNonNull(written.get(organization), "written"));
  }

  static List<PortalWritten> each(
      List<OrganizationId> portals, Map<OrganizationId, Written> written) {
    return portals.stream()
        .map(portal ->
            PortalWritten.newBuilder()
                .setOrganizationId(portal.value())
                .setWritten(written(written, portal))
                .build())
        .toList();
  }
}
