package dev.sightline.command;

import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Effect;
import dev.sightline.change.Mail;
import dev.sightline.change.PersonalData;
import dev.sightline.command.SupportFacts.RegisteredAgent;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of what is personal once somebody is gone. */
public final class ErasureCommands {
  private ErasureCommands() {}

  /**
   * Erases what an organization keeps of somebody who is gone; tells how many values of the log
   * that took. Where nothing is kept, nothing changes.
   *
   * @param actor null: an operator
   * @param user a user of the organization, or a support agent
   */
  public record Erase(@Nullable Actor actor, UserId user) implements Command<Integer> {
    @Override
    public Decision<Integer> decide(Situation situation) {
      Refusal refusal = first(() -> mayErase(situation.graph()), () -> isGone(situation));
      return refusal != null ? refused(refusal) : erased(situation, Person.here(user));
    }

    private @Nullable Refusal mayErase(OrgGraph graph) {
      return actor == null ? Stages.organization(graph) : Stages.role(graph, actor, Role.ADMIN);
    }

    private @Nullable Refusal isGone(Situation situation) {
      if (user.isAgent()) {
        return agentIsRemoved(situation);
      }
      return situation.facts().wasUsed(user)
          ? situation.graph().facts().user(user) == null ? null : notDeleted(user)
          : Refusal.of(
              Reason.USER_NOT_FOUND, "There is no user " + user + ".", "user", user.value());
    }

    /** One who is removed stays so: what is read of the register holds. */
    private @Nullable Refusal agentIsRemoved(Situation situation) {
      RegisteredAgent agent = situation.facts().support().agents(List.of(user)).get(user);
      if (agent == null) {
        return AgentCommands.unknown(user);
      }
      return agent.removed() ? null : notRemoved(user);
    }
  }

  static Refusal notRemoved(UserId agent) {
    return Refusal.of(
        Reason.AGENT_NOT_REMOVED,
        "Support agent %s is not removed; the vendor removes agents.".formatted(agent),
        "agent",
        agent.value());
  }

  public static Refusal notDeleted(UserId user) {
    return Refusal.of(
        Reason.USER_NOT_DELETED,
        "User %s is not deleted; delete the user first.".formatted(user),
        "user",
        user.value());
  }

  /**
   * The same for a user of a realm's root, with what portals under it keep of them: ADMINs of the
   * root say there why they let support in.
   *
   * @param actor null: an operator
   * @param portals all that keep something of the user
   */
  public record EraseInRealm(
      OrganizationId root, @Nullable Actor actor, UserId user, List<OrganizationId> portals)
      implements JointCommand<Integer> {
    @Override
    public OrganizationId within() {
      return root;
    }

    @Override
    public List<OrganizationId> organizations() {
      return portals;
    }

    @Override
    public JointDecision<Integer> decide(JointSituation situation) {
      return switch (new Erase(actor, user).decide(situation.ofRoot())) {
        case Decision.Refused<Integer>(Refusal refusal) -> JointDecision.refused(refusal);
        case Decision.Accepted<Integer> own -> {
          Map<OrganizationId, Decision.Accepted<?>> parts = new LinkedHashMap<>();
          parts.put(root, own);
          int values = own.result();
          for (OrganizationId portal : portals) {
            var there = erased(situation.of(portal), new Person(user, root));
            parts.put(portal, there);
            values += there.result();
          }
          yield new JointDecision.Accepted<>(parts, values);
        }
      };
    }
  }

  private static Decision.Accepted<Integer> erased(Situation situation, Person person) {
    PersonalData kept = situation.facts().personalData(person);
    if (kept.isNothing()) {
      return new Decision.Accepted<>(List.of(), List.of(), 0);
    }
    List<Effect> rewritten =
        kept.naming().stream()
            .<Effect>map(mail -> new Effect.Rewrite(mail.id(), unnamed(situation, mail.mail())))
            .toList();
    return new Decision.Accepted<>(
        List.of(new PersonalDataErased(person, kept.fields(), kept.values(), false)),
        rewritten,
        kept.values());
  }

  /** What a mail says without whom it names beside its recipient. */
  private static Mail unnamed(Situation situation, Mail mail) {
    return switch (mail) {
      case Mail.Shared m ->
          new Mail.Shared(m.to(), m.dashboard(), m.dashboardName(), m.level(), null);
      case Mail.Approved m ->
          new Mail.Approved(m.to(), m.dashboard(), m.dashboardName(), m.level(), null);
      case Mail.Declined m ->
          new Mail.Declined(
              m.to(),
              m.dashboard(),
              m.dashboardName(),
              situation.facts().profile(contact(situation.graph(), m.dashboard())).email());
      case Mail.AccessRequested _, Mail.Invitation _, Mail.SupportAccessGranted _ -> mail;
    };
  }

  /** Whom to turn to by now. */
  private static UserId contact(OrgGraph graph, DashboardId dashboard) {
    DashboardFacts held = graph.facts().dashboard(dashboard);
    return held != null
        ? FollowUps.addressee(graph, held)
        : Objects.requireNonNull(
            graph.facts().oldestAdmin(null), "an organization keeps an ACTIVE ADMIN");
  }
}
