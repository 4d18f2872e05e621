package dev.sightline.scenario;

import static dev.sightline.scenario.Clause.AS;
import static dev.sightline.scenario.Clause.BY;
import static dev.sightline.scenario.Clause.ERROR;
import static dev.sightline.scenario.Clause.OF_CHANGES;
import static dev.sightline.scenario.Clause.OF_OPERATORS;
import static dev.sightline.scenario.Clause.OF_VIEWS;
import static dev.sightline.scenario.Clause.ORGANIZATION;
import static dev.sightline.scenario.Kind.Atom.DURATION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.FLAG;
import static dev.sightline.scenario.Kind.SUPPORT_ROLE;
import static dev.sightline.scenario.Parameters.NONE;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.scenario.Kind.ListOf;
import dev.sightline.scenario.Kind.MapOf;
import dev.sightline.scenario.Kind.OrNull;
import dev.sightline.scenario.Operation.Play;
import dev.sightline.scenario.Operation.Rpc;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.DismissSupportRequestRequest;
import dev.sightline.v1.GetSupportHistoryRequest;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.MoveAgentRequest;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RevokePortalAccessRequest;
import dev.sightline.v1.RevokeSupportAccessRequest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Vendor support: what is done about agents, what they ask for, and what they are let into. */
final class SupportChanges {
  private static final Set<Clause> NAMING = Set.of(BY, ORGANIZATION, AS, ERROR);
  private static final Kind TEXTS = new ListOf(TEXT);

  /** Small, so that the histories of a few grants have several pages. */
  private static final int PAGE_SIZE = 2;

  static final List<Operation> ALL =
      List.of(
          change(
              "move_support_agent",
              Parameters.of(required("agent", TEXT), required("group", TEXT)),
              OF_OPERATORS,
              SupportChanges::move),
          change(
              "remove_support_agent",
              Parameters.of(required("agent", TEXT)),
              OF_OPERATORS,
              SupportChanges::remove),
          change(
              "request_support_access",
              Parameters.of(
                  required("agent", TEXT),
                  required("organizations", TEXTS),
                  optional("reason", TEXT)),
              OF_OPERATORS,
              SupportChanges::ask),
          change(
              "allow_support_access",
              Parameters.of(
                  required("organizations", TEXTS),
                  optional("group", TEXT),
                  optional("duration", DURATION)),
              NAMING,
              SupportChanges::allow),
          change(
              "grant_support_access",
              Parameters.of(
                      required("roles", new ListOf(SUPPORT_ROLE)),
                      optional("workspaces", new MapOf(new OrNull(SUPPORT_ROLE))),
                      optional("duration", DURATION),
                      optional("until_revoked", FLAG))
                  .orElse("group", "agent"),
              NAMING,
              SupportChanges::grant),
          change(
              "revoke_support_access",
              Parameters.of(required("grant", TEXT)),
              OF_CHANGES,
              SupportChanges::revoke),
          change(
              "revoke_portal_access",
              Parameters.of(required("organizations", TEXTS)),
              OF_CHANGES,
              SupportChanges::revokeAll),
          change(
              "dismiss_support_request",
              Parameters.of(required("agent", TEXT), required("organizations", TEXTS)),
              OF_CHANGES,
              SupportChanges::dismiss),
          view("pending_support_requests", SupportChanges::pending),
          view("support_history", SupportChanges::history));

  private SupportChanges() {}

  private static Operation change(
      String name, Parameters parameters, Set<Clause> clauses, Rpc rpc) {
    return new Operation(name, parameters, clauses, NONE, new Play.Change(rpc));
  }

  private static Operation view(String name, Rpc rpc) {
    return new Operation(name, NONE, OF_VIEWS, TEXTS, new Play.Question(rpc));
  }

  private static Value move(Call call, Arguments in) {
    var request =
        MoveAgentRequest.newBuilder()
            .setAgentId(in.text("agent"))
            .setGroup(in.text("group"))
            .setIdempotencyKey(call.key())
            .build();
    return Value.of(call.support().moveAgent(request).getAgent().getGroup());
  }

  private static Value remove(Call call, Arguments in) {
    var request =
        RemoveAgentRequest.newBuilder()
            .setAgentId(in.text("agent"))
            .setIdempotencyKey(call.key())
            .build();
    return Value.of(call.support().removeAgent(request).getAgent().getId());
  }

  private static Value ask(Call call, Arguments in) {
    var request =
        RequestSupportAccessRequest.newBuilder()
            .setAgentId(in.text("agent"))
            .addAllOrganizationIds(in.texts("organizations"))
            .setIdempotencyKey(call.key());
    in.ifText("reason", request::setReason);
    for (var portal : call.support().requestSupportAccess(request.build()).getPortalsList()) {
      call.wroteIn(portal.getOrganizationId(), portal.getWritten());
    }
    return Value.NOTHING;
  }

  /** Names the grant if there is one. */
  private static Value allow(Call call, Arguments in) {
    var request =
        AllowSupportAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .addAllOrganizationIds(in.texts("organizations"))
            .setIdempotencyKey(call.key());
    in.ifText("group", request::setGroup);
    if (in.has("duration")) {
      request.setDurationMicros(micros(in.duration("duration")));
    }
    var allowed = call.support().allowSupportAccess(request.build());
    for (var portal : allowed.getPortalsList()) {
      call.wroteIn(portal.getGrant().getOrganizationId(), portal.getWritten());
    }
    return allowed.getPortalsCount() == 1
        ? Value.of(allowed.getPortals(0).getGrant().getId())
        : Value.NOTHING;
  }

  private static Value grant(Call call, Arguments in) {
    var request =
        GrantSupportAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .addAllRoles(in.texts("roles").stream().map(Words::supportRole).toList())
            .setIdempotencyKey(call.key());
    in.ifText("group", request::setGroup);
    in.ifText("agent", request::setAgentId);
    if (in.has("workspaces")) {
      in.within("workspaces")
          .names()
          .forEach(name -> request.addWorkspaces(workspace(in.within("workspaces"), name)));
    }
    if (in.has("duration")) {
      request.setDurationMicros(micros(in.duration("duration")));
    }
    if (in.flag("until_revoked")) {
      request.setUntilRevoked(true);
    }
    var granted = call.support().grantSupportAccess(request.build());
    call.wrote(granted.getWritten());
    return Value.of(granted.getGrant().getId());
  }

  private static GrantedWorkspace workspace(Arguments roles, String name) {
    var workspace = GrantedWorkspace.newBuilder().setWorkspaceId(name);
    roles.ifText(name, role -> workspace.setRole(Words.supportRole(role)));
    return workspace.build();
  }

  private static long micros(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }

  private static Value revoke(Call call, Arguments in) {
    var request =
        RevokeSupportAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setGrantId(call.idOf(in.text("grant")))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.support().revokeSupportAccess(request).getWritten());
  }

  private static Value revokeAll(Call call, Arguments in) {
    var request =
        RevokePortalAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .addAllOrganizationIds(in.texts("organizations"))
            .setIdempotencyKey(call.key())
            .build();
    for (var portal : call.support().revokePortalAccess(request).getPortalsList()) {
      call.wroteIn(portal.getOrganizationId(), portal.getWritten());
    }
    return Value.NOTHING;
  }

  private static Value dismiss(Call call, Arguments in) {
    var request =
        DismissSupportRequestRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setAgentId(in.text("agent"))
            .addAllOrganizationIds(in.texts("organizations"))
            .setIdempotencyKey(call.key())
            .build();
    for (var portal : call.support().dismissSupportRequest(request).getPortalsList()) {
      call.wroteIn(portal.getOrganizationId(), portal.getWritten());
    }
    return Value.NOTHING;
  }

  private static Value pending(Call call, Arguments in) {
    var request = ListSupportRequestsRequest.newBuilder().setOrganizationId(call.organization());
    call.ifActor(request::setActor);
    return Value.of(
        call.support().listSupportRequests(request.build()).getRequestsList().stream()
            .map(one -> one.getAgent().getId() + " " + one.getOrganizationId())
            .toList());
  }

  private static Value history(Call call, Arguments in) {
    var statuses = new ArrayList<String>();
    var request =
        GetSupportHistoryRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setPageSize(PAGE_SIZE);
    call.ifActor(request::setActor);
    do {
      var page = call.support().getSupportHistory(request.build());
      page.getGrantsList().forEach(grant -> statuses.add(Words.word(grant.getStatus())));
      call.saw(page.getPosition());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return Value.of(statuses);
  }
}
