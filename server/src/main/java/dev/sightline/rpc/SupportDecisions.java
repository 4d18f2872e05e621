package dev.sightline.rpc;

import dev.sightline.auth.Binding;
import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.command.GrantTerm;
import dev.sightline.command.SupportCommands;
import dev.sightline.command.SupportCommands.Given;
import dev.sightline.command.Written;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.DirectoryReads;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.AllowSupportAccessResponse;
import dev.sightline.v1.AllowedPortal;
import dev.sightline.v1.DismissSupportRequestRequest;
import dev.sightline.v1.DismissSupportRequestResponse;
import dev.sightline.v1.GrantDecider;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.GrantSupportAccessResponse;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RequestSupportAccessResponse;
import dev.sightline.v1.RevokePortalAccessRequest;
import dev.sightline.v1.RevokePortalAccessResponse;
import dev.sightline.v1.RevokeSupportAccessRequest;
import dev.sightline.v1.RevokeSupportAccessResponse;
import dev.sightline.v1.RevokedPortal;
import dev.sightline.v1.SetSupportPolicyRequest;
import dev.sightline.v1.SetSupportPolicyResponse;
import dev.sightline.v1.SupportGrant;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What agents ask for, and what ADMINs of a realm's root decide. */
final class SupportDecisions {
  private static final String USUAL_GROUP = "Support";
  private static final Duration USUALLY_ALLOWED = Duration.ofDays(1);
  private static final Duration USUALLY_GRANTED = Duration.ofDays(7);

  private final Calls calls;
  private final JointCalls writes;
  private final BindingCheck reach;
  private final DirectoryReads directory;

  SupportDecisions(Calls calls, JointCalls writes, BindingCheck reach, DirectoryReads directory) {
    this.calls = calls;
    this.writes = writes;
    this.reach = reach;
    this.directory = directory;
  }

  void ask(
      RequestSupportAccessRequest request, StreamObserver<RequestSupportAccessResponse> observer) {
    try {
      UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
      List<OrganizationId> portals = JointCalls.portals(request.getOrganizationIdsList());
      writes.submit(
          observer,
          request,
          new SupportCommands.Ask(agent, portals, SupportMessages.reason(request.getReason())),
          new Author(agent, null, Callers.current().tokenId()),
          (_, written) ->
              RequestSupportAccessResponse.newBuilder()
                  .addAllPortals(JointCalls.each(portals, written))
                  .build(),
          RequestSupportAccessResponse.parser());
    } catch (RuntimeException e) {
      observer.onError(Calls.status(e));
    }
  }

  void dismiss(
      DismissSupportRequestRequest request,
      StreamObserver<DismissSupportRequestResponse> observer) {
    writes.write(
        observer,
        request,
        (within, actor) ->
            new SupportCommands.Dismiss(
                within,
                actor,
                SupportMessages.agent("agent_id", request.getAgentId()),
                JointCalls.portals(request.getOrganizationIdsList())),
        (_, written) ->
            DismissSupportRequestResponse.newBuilder()
                .addAllPortals(
                    JointCalls.each(JointCalls.portals(request.getOrganizationIdsList()), written))
                .build(),
        DismissSupportRequestResponse.parser());
  }

  void allow(
      AllowSupportAccessRequest request, StreamObserver<AllowSupportAccessResponse> observer) {
    writes.write(
        observer,
        request,
        (within, actor) -> {
          Map<OrganizationId, GrantId> grants = new LinkedHashMap<>();
          JointCalls.portals(request.getOrganizationIdsList())
              .forEach(portal -> grants.put(portal, new GrantId(NewIds.next())));
          return new SupportCommands.Allow(
              within,
              actor,
              grants,
              SupportMessages.group(
                  "group", request.getGroup().isEmpty() ? USUAL_GROUP : request.getGroup()),
              term(request.getDurationMicros(), USUALLY_ALLOWED),
              SupportMessages.reason(request.getReason()));
        },
        (given, written) ->
            AllowSupportAccessResponse.newBuilder()
                .addAllPortals(
                    given.stream()
                        .map(one ->
                            AllowedPortal.newBuilder()
                                .setGrant(
                                    grant(one, request.getActor(), written, request.getReason()))
                                .setWritten(JointCalls.written(written, one.portal()))
                                .build())
                        .toList())
                .build(),
        AllowSupportAccessResponse.parser());
  }

  void grant(
      GrantSupportAccessRequest request, StreamObserver<GrantSupportAccessResponse> observer) {
    writes.write(
        observer,
        request,
        (within, actor) ->
            new SupportCommands.Grant(
                within,
                actor,
                Requests.newId("grant_id", request.getGrantId(), GrantId::new),
                holder(request),
                SupportMessages.roles(request.getRolesList()),
                SupportMessages.workspaces(request.getWorkspacesList()),
                term(request),
                SupportMessages.reason(request.getReason())),
        (given, written) ->
            GrantSupportAccessResponse.newBuilder()
                .setWritten(JointCalls.written(written, given.portal()))
                .setGrant(grant(given, request.getActor(), written, request.getReason()))
                .build(),
        GrantSupportAccessResponse.parser());
  }

  private static Holder holder(GrantSupportAccessRequest request) {
    return switch (request.getHolderCase()) {
      case GROUP -> new Holder.Group(SupportMessages.group("group", request.getGroup()));
      case AGENT_ID -> new Holder.Agent(SupportMessages.agent("agent_id", request.getAgentId()));
      case HOLDER_NOT_SET ->
          throw Requests.invalid(
              Reason.MALFORMED_REQUEST,
              "holder",
              "a grant is for a group or an agent_id; this names neither");
    };
  }

  private static GrantTerm term(GrantSupportAccessRequest request) {
    return switch (request.getLastingCase()) {
      case DURATION_MICROS -> {
        if (request.getDurationMicros() == 0) {
          throw Requests.invalid(
              Reason.OUT_OF_RANGE, "duration_micros", "duration_micros is at least 1, not 0");
        }
        yield term(request.getDurationMicros(), USUALLY_GRANTED);
      }
      case UNTIL_REVOKED ->
          request.getUntilRevoked()
              ? new GrantTerm.UntilRevoked()
              : new GrantTerm.Unsaid(USUALLY_GRANTED);
      case LASTING_NOT_SET -> new GrantTerm.Unsaid(USUALLY_GRANTED);
    };
  }

  private static GrantTerm term(long micros, Duration usual) {
    Duration said = SupportMessages.duration("duration_micros", micros);
    return said == null ? new GrantTerm.Unsaid(usual) : new GrantTerm.For(said);
  }

  /** As it is right after it was made; whoever made it knows what they are called. */
  private static SupportGrant grant(
      Given given,
      dev.sightline.v1.Actor actor,
      Map<OrganizationId, Written> written,
      String reason) {
    return SupportMessages.grant(given.portal(), given.id(), given.facts())
        .setGrantedBy(
            GrantDecider.newBuilder()
                .setUserId(actor.getUserId())
                .setOrganizationId(root(written).value()))
        .setReason(reason)
        .build();
  }

  /** The first that was locked. */
  private static OrganizationId root(Map<OrganizationId, Written> written) {
    return written.keySet().iterator().next();
  }

  void revoke(
      RevokeSupportAccessRequest request, StreamObserver<RevokeSupportAccessResponse> observer) {
    writes.write(
        observer,
        request,
        (within, actor) ->
            new SupportCommands.Revoke(
                within, actor, Requests.id("grant_id", request.getGrantId(), GrantId::new)),
        (_, written) ->
            RevokeSupportAccessResponse.newBuilder()
                .setWritten(
                    JointCalls.written(written, new OrganizationId(request.getOrganizationId())))
                .build(),
        RevokeSupportAccessResponse.parser());
  }

  void revokeAll(
      RevokePortalAccessRequest request, StreamObserver<RevokePortalAccessResponse> observer) {
    writes.write(
        observer,
        request,
        (within, actor) ->
            new SupportCommands.RevokeAll(
                within, actor, JointCalls.portals(request.getOrganizationIdsList())),
        (revoked, written) -> {
          RevokePortalAccessResponse.Builder response = RevokePortalAccessResponse.newBuilder();
          revoked.forEach((portal, grants) ->
              response.addPortals(
                  RevokedPortal.newBuilder()
                      .setOrganizationId(portal.value())
                      .addAllGrantIds(grants.stream().map(GrantId::value).toList())
                      .setWritten(JointCalls.written(written, portal))));
          return response.build();
        },
        RevokePortalAccessResponse.parser());
  }

  /**
   * What is said counts for the whole realm, so a token for one organization must be its root's.
   */
  void setPolicy(
      SetSupportPolicyRequest request, StreamObserver<SetSupportPolicyResponse> observer) {
    Caller caller = Callers.current();
    calls.run(
        observer,
        () -> {
          if (caller.binding() instanceof Binding.OneOrganization) {
            var row = directory.organization(Requests.organization(request.getOrganizationId()));
            DashboardRpc.refuse(row == null ? null : reach.organization(caller, row.root()));
          }
          writes.write(
              observer,
              request,
              (within, actor) ->
                  new SupportCommands.SetPolicy(
                      within, actor, SupportMessages.policy(request.getPolicy())),
              (policy, written) ->
                  SetSupportPolicyResponse.newBuilder()
                      .setWritten(JointCalls.written(written, root(written)))
                      .setPolicy(SupportMessages.policy(policy))
                      .build(),
              SetSupportPolicyResponse.parser());
        });
  }
}
