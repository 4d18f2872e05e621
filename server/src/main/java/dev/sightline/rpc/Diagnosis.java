package dev.sightline.rpc;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.command.Actor;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.SupportAgents;
import dev.sightline.store.SupportReads;
import dev.sightline.store.SupportReads.GrantRow;
import dev.sightline.store.SupportReads.RequestRow;
import dev.sightline.v1.DiagnoseSupportAccessRequest;
import dev.sightline.v1.DiagnoseSupportAccessResponse;
import dev.sightline.v1.SupportFinding;
import dev.sightline.v1.SupportFindingKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says why an agent can, or cannot, get in. All of it blocks. */
final class Diagnosis {
  /** Of grants that are over, the latest; more would not help. */
  private static final int MOST_OVER = 5;

  private final Calls calls;
  private final Proof proof;
  private final Realm realm;
  private final SupportAgents agents;
  private final SupportReads support;

  Diagnosis(Calls calls, Proof proof, Realm realm, SupportAgents agents, SupportReads support) {
    this.calls = calls;
    this.proof = proof;
    this.realm = realm;
    this.agents = agents;
    this.support = support;
  }

  DiagnoseSupportAccessResponse diagnose(DiagnoseSupportAccessRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Actor actor = Realm.actor(organization, request.hasActor(), request.getActor());
    UserId agent = SupportMessages.agent("agent_id", request.getAgentId());
    DashboardId dashboard =
        request.getDashboardId().isEmpty() ? null : Requests.dashboard(request.getDashboardId());
    realm.requireRootAdmin(realm.of(organization), actor);
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          OrgGraph graph = fresh.graph();
          Findings findings = new Findings(graph, proof.now(fresh));
          look(findings, organization, agent, dashboard);
          DiagnoseSupportAccessResponse.Builder response =
              DiagnoseSupportAccessResponse.newBuilder()
                  .setLetIn(graph.facts().isLetIn(agent))
                  .addAllFindings(findings.found)
                  .setPosition(proof.position(fresh));
          if (dashboard != null) {
            response.setLevel(Enums.toProto(level(graph, agent, dashboard)));
          }
          return response.build();
        });
  }

  private static Level level(OrgGraph graph, UserId agent, DashboardId dashboard) {
    return AccessRules.level(AccessRules.decide(graph, agent, dashboard));
  }

  private void look(
      Findings findings,
      OrganizationId organization,
      UserId agent,
      @Nullable DashboardId dashboard) {
    AgentRow row = agents.find(agent);
    if (row == null) {
      findings.add(
          SupportFindingKind.SUPPORT_FINDING_KIND_NOT_REGISTERED,
          "Nobody has registered %s. The vendor's operator has to.".formatted(agent));
      return;
    }
    if (row.removed()) {
      findings.add(
          SupportFindingKind.SUPPORT_FINDING_KIND_REMOVED,
          "%s was removed by the vendor, for good.".formatted(agent));
      return;
    }
    if (agents.job(agent) != null) {
      findings.add(
          SupportFindingKind.SUPPORT_FINDING_KIND_BEING_WRITTEN,
          "What became of %s last is still being written to organizations.".formatted(agent));
    }
    findings.grants(support.grants(organization, 0, Integer.MAX_VALUE).reversed(), row, dashboard);
    for (RequestRow asked : support.requests(List.of(organization), findings.now)) {
      if (asked.agent().equals(agent)) {
        findings.add(
            SupportFindingKind.SUPPORT_FINDING_KIND_REQUEST_PENDING,
            "%s asked at %s; nobody has answered yet.".formatted(agent, asked.facts().madeAt()));
      }
    }
  }

  /** What is found, in order. */
  private static final class Findings {
    private final List<SupportFinding> found = new ArrayList<>();
    private final OrgGraph graph;
    private final Instant now;

    Findings(OrgGraph graph, Instant now) {
      this.graph = graph;
      this.now = now;
    }

    void add(SupportFindingKind kind, String sentence) {
      add(kind, "", sentence);
    }

    private void add(SupportFindingKind kind, String grant, String sentence) {
      found.add(
          SupportFinding.newBuilder()
              .setKind(kind)
              .setGrantId(grant)
              .setSentence(sentence)
              .build());
    }

    void grants(List<GrantRow> latestFirst, AgentRow agent, @Nullable DashboardId dashboard) {
      AgentFacts facts = new AgentFacts(agent.group());
      List<GrantRow> covering =
          latestFirst.stream().filter(row -> row.facts().covers(agent.id(), facts)).toList();
      List<GrantRow> active = covering.stream().filter(row -> row.isActive(now)).toList();
      active.forEach(row -> reach(row, dashboard));
      if (!active.isEmpty()) {
        return;
      }
      covering.stream().limit(MOST_OVER).forEach(this::over);
      List<GrantRow> others =
          latestFirst.stream()
              .filter(row -> row.isActive(now) && row.facts().holder() instanceof Holder.Group)
              .toList();
      others.forEach(row ->
          add(
              SupportFindingKind.SUPPORT_FINDING_KIND_OTHER_GROUP,
              row.id().value(),
              "Grant %s is for the group %s; %s is in %s."
                  .formatted(row.id(), group(row.facts()), agent.id(), agent.group())));
      if (covering.isEmpty()) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_NO_GRANT,
            "Nothing was ever granted here to %s or the group %s."
                .formatted(agent.id(), agent.group()));
      }
    }

    private static String group(GrantFacts facts) {
      return facts.holder() instanceof Holder.Group(var name) ? name : "";
    }

    private void over(GrantRow row) {
      if (row.revokedAt() != null) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_GRANT_REVOKED,
            row.id().value(),
            "Grant %s was revoked at %s by %s."
                .formatted(
                    row.id(),
                    row.revokedAt(),
                    row.revokedBy() == null ? "the vendor" : row.revokedBy().user()));
      } else {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_GRANT_ENDED,
            row.id().value(),
            "Grant %s ended at %s. It is not revived; a new one has to be made."
                .formatted(row.id(), row.facts().end()));
      }
    }

    /** What an active grant means for the dashboard, if one is named. */
    private void reach(GrantRow row, @Nullable DashboardId dashboard) {
      String grant = row.id().value();
      if (dashboard == null) {
        letsIn(row);
        return;
      }
      DashboardFacts facts = graph.facts().dashboard(dashboard);
      SupportRole role = facts == null ? null : role(row.facts(), facts);
      if (facts == null) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_NO_DASHBOARD,
            grant,
            "There is no dashboard %s.".formatted(dashboard));
      } else if (role == null) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_OUT_OF_REACH,
            grant,
            "Grant %s names workspaces, and dashboard %s is in none of them."
                .formatted(grant, dashboard));
      } else if (role != SupportRole.ADMINISTRATOR && facts.draft()) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_DRAFT,
            grant,
            "Dashboard %s is a draft, which %s of grant %s does not see."
                .formatted(dashboard, role, grant));
      } else if (role != SupportRole.ADMINISTRATOR && facts.companyDefault() == Level.NONE) {
        add(
            SupportFindingKind.SUPPORT_FINDING_KIND_PRIVATE,
            grant,
            "Dashboard %s is private, which %s of grant %s does not see."
                .formatted(dashboard, role, grant));
      } else {
        letsIn(row);
      }
    }

    private void letsIn(GrantRow row) {
      add(
          SupportFindingKind.SUPPORT_FINDING_KIND_LETS_IN,
          row.id().value(),
          "Grant %s lets the agent in, %s."
              .formatted(
                  row.id(),
                  row.facts().end() == null ? "until revoked" : "until " + row.facts().end()));
    }

    /** Null if the grant does not reach the dashboard. */
    private static @Nullable SupportRole role(GrantFacts grant, DashboardFacts dashboard) {
      SupportRole best = Collections.max(grant.roles());
      if (grant.workspaces().isEmpty()) {
        return best;
      }
      for (WorkspaceScope scope : grant.workspaces()) {
        if (scope.workspace().equals(dashboard.workspace())) {
          return Objects.requireNonNullElse(scope.role(), best);
        }
      }
      return null;
    }
  }
}
