package dev.sightline.command;

import static dev.sightline.command.JointDecision.refused;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What ADMINs of a realm's root decide about vendor support, and what agents ask them for. */
public final class SupportCommands {
  private static final Duration PENDING = Duration.ofDays(7);

  private SupportCommands() {}

  /** A grant that was given. */
  public record Given(OrganizationId portal, GrantId id, GrantFacts facts) {}

  /**
   * Asks on behalf of an agent to be let in to portals.
   *
   * @param reason may be empty
   */
  public record Ask(UserId agent, List<OrganizationId> organizations, String reason)
      implements JointCommand<UserId> {
    @Override
    public @Nullable OrganizationId within() {
      return null;
    }

    @Override
    public JointDecision<UserId> decide(JointSituation situation) {
      Refusal refusal =
          first(
              () -> SupportStages.portals(situation, organizations),
              () -> registered(situation.of(organizations.getFirst())));
      return refusal != null
          ? refused(refusal)
          : SupportStages.accepted(organizations, agent, portal -> asked(situation.of(portal)));
    }

    private @Nullable Refusal registered(Situation situation) {
      RegisteredAgent found = situation.facts().support().agent(agent);
      return found != null && !found.removed()
          ? null
          : Refusal.of(
              Reason.ACTOR_NOT_ALLOWED,
              "%s is no registered support agent and may not ask.".formatted(agent),
              "actor",
              agent.value());
    }

    private List<Change> asked(Situation portal) {
      SupportRequestFacts held = portal.facts().support().request(agent);
      if (held != null && portal.now().isBefore(held.end())) {
        return List.of();
      }
      List<Change> changes = new ArrayList<>();
      if (held != null) {
        changes.add(new SupportRequestChanged(agent, held, null));
      }
      Instant now = portal.now();
      changes.add(
          new SupportRequestChanged(agent, null, new SupportRequestFacts(now, now.plus(PENDING))));
      if (!reason.isEmpty()) {
        changes.add(new ReasonGiven(new Explained.SupportRequest(agent), agent, reason));
      }
      return changes;
    }
  }

  /** Ends an agent's pending requests for portals. */
  public record Dismiss(
      OrganizationId within, Actor actor, UserId agent, List<OrganizationId> organizations)
      implements JointCommand<UserId> {
    @Override
    public JointDecision<UserId> decide(JointSituation situation) {
      Refusal refusal =
          first(
              () -> SupportStages.rootAdmin(situation, actor),
              () -> SupportStages.portals(situation, organizations),
              () -> AgentCommands.known(situation.ofRoot(), agent));
      return refusal != null
          ? refused(refusal)
          : SupportStages.accepted(organizations, agent, portal -> ended(situation.of(portal)));
    }

    private List<Change> ended(Situation portal) {
      SupportRequestFacts held = portal.facts().support().request(agent);
      return held == null || !portal.now().isBefore(held.end())
          ? List.of()
          : List.of(new SupportRequestChanged(agent, held, null));
    }
  }

  /**
   * Lets a group into portals as ADMINISTRATOR.
   *
   * @param grants the new grants' ids, one for each portal
   * @param reason may be empty
   */
  public record Allow(
      OrganizationId within,
      Actor actor,
      Map<OrganizationId, GrantId> grants,
      String group,
      GrantTerm term,
      String reason)
      implements JointCommand<List<Given>> {
    @Override
    public List<OrganizationId> organizations() {
      return List.copyOf(grants.keySet());
    }

    @Override
    public @Nullable Refusal outOfRange(Instant now) {
      return term.outOfRange(now);
    }

    @Override
    public JointDecision<List<Given>> decide(JointSituation situation) {
      Holder holder = new Holder.Group(group);
      Refusal refusal =
          first(
              () -> outOfRange(situation.now()),
              () -> SupportStages.rootAdmin(situation, actor),
              () -> SupportStages.portals(situation, organizations()),
              () -> SupportStages.policy(situation, holder, term));
      if (refusal != null) {
        return refused(refusal);
      }
      Instant now = situation.now();
      SupportPolicy policy = situation.ofRoot().facts().support().policy();
      GrantFacts facts =
          new GrantFacts(
              holder, Set.of(SupportRole.ADMINISTRATOR), List.of(), now, term.end(policy, now));
      Map<OrganizationId, Decision.Accepted<?>> parts = new LinkedHashMap<>();
      List<Given> given = new ArrayList<>();
      grants.forEach((portal, grant) -> {
        parts.put(
            portal, new Granting(grant, facts, reason, actor.user()).in(situation.of(portal)));
        given.add(new Given(portal, grant, facts));
      });
      return new JointDecision.Accepted<>(parts, given);
    }
  }

  /**
   * Lets a group or an agent into one portal.
   *
   * @param workspaces none: everything there
   * @param reason may be empty
   */
  public record Grant(
      OrganizationId within,
      Actor actor,
      GrantId id,
      Holder holder,
      Set<SupportRole> roles,
      List<WorkspaceScope> workspaces,
      GrantTerm term,
      String reason)
      implements JointCommand<Given> {
    @Override
    public List<OrganizationId> organizations() {
      return List.of(within);
    }

    @Override
    public @Nullable Refusal outOfRange(Instant now) {
      return term.outOfRange(now);
    }

    @Override
    public JointDecision<Given> decide(JointSituation situation) {
      Situation portal = situation.of(within);
      Refusal refusal =
          first(
              () -> outOfRange(situation.now()),
              () -> SupportStages.rootAdmin(situation, actor),
              () -> SupportStages.holder(portal, holder),
              () -> SupportStages.workspaces(portal, workspaces),
              () -> Stages.unused(portal.facts().support().wasUsed(id), "grant", id.value()),
              () -> SupportStages.policy(situation, holder, term));
      if (refusal != null) {
        return refused(refusal);
      }
      Instant now = situation.now();
      SupportPolicy policy = situation.ofRoot().facts().support().policy();
      GrantFacts facts = new GrantFacts(holder, roles, workspaces, now, term.end(policy, now));
      return new JointDecision.Accepted<>(
          Map.of(within, new Granting(id, facts, reason, actor.user()).in(portal)),
          new Given(within, id, facts));
    }
  }

  /** Ends a grant. */
  public record Revoke(OrganizationId within, Actor actor, GrantId grant)
      implements JointCommand<GrantId> {
    @Override
    public List<OrganizationId> organizations() {
      return List.of(within);
    }

    @Override
    public JointDecision<GrantId> decide(JointSituation situation) {
      Situation portal = situation.of(within);
      Refusal refusal = SupportStages.rootAdmin(situation, actor);
      if (refusal != null) {
        return refused(refusal);
      }
      GrantFacts active = AgentChanges.active(portal).get(grant);
      if (active != null) {
        return SupportStages.accepted(
            organizations(), grant, _ -> List.of(new GrantChanged(grant, active, null)));
      }
      return refused(
          portal.facts().support().wasGranted(grant)
              ? Refusal.of(
                  Reason.GRANT_OVER,
                  "Grant %s is over, and is not revived or revoked again.".formatted(grant),
                  "grant",
                  grant.value())
              : Refusal.of(
                  Reason.GRANT_NOT_FOUND,
                  "Organization %s never had a grant %s.".formatted(within, grant),
                  "grant",
                  grant.value()));
    }
  }

  /** Ends everything that is granted on portals; tells what was. */
  public record RevokeAll(OrganizationId within, Actor actor, List<OrganizationId> organizations)
      implements JointCommand<Map<OrganizationId, List<GrantId>>> {
    @Override
    public JointDecision<Map<OrganizationId, List<GrantId>>> decide(JointSituation situation) {
      Refusal refusal =
          first(
              () -> SupportStages.rootAdmin(situation, actor),
              () -> SupportStages.portals(situation, organizations));
      if (refusal != null) {
        return refused(refusal);
      }
      Map<OrganizationId, List<GrantId>> revoked = new LinkedHashMap<>();
      for (OrganizationId portal : organizations) {
        revoked.put(portal, List.copyOf(AgentChanges.active(situation.of(portal)).keySet()));
      }
      return SupportStages.accepted(
          organizations, revoked, portal -> revocations(situation.of(portal)));
    }

    private static List<Change> revocations(Situation portal) {
      return AgentChanges.active(portal).entrySet().stream()
          .<Change>map(grant -> new GrantChanged(grant.getKey(), grant.getValue(), null))
          .toList();
    }
  }

  /** Says what may be granted in a realm. */
  public record SetPolicy(OrganizationId within, Actor actor, SupportPolicy policy)
      implements JointCommand<SupportPolicy> {
    @Override
    public List<OrganizationId> organizations() {
      return List.of();
    }

    @Override
    public JointDecision<SupportPolicy> decide(JointSituation situation) {
      Refusal refusal = SupportStages.rootAdmin(situation, actor);
      if (refusal != null) {
        return refused(refusal);
      }
      SupportPolicy held = situation.ofRoot().facts().support().policy();
      OrganizationId root = situation.ofRoot().graph().id();
      return SupportStages.accepted(
          List.of(root),
          policy,
          _ -> held.equals(policy) ? List.of() : List.of(new SupportPolicyChanged(held, policy)));
    }
  }
}
