package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Entry;
import dev.sightline.change.Profile;
import dev.sightline.change.UserFacts;
import dev.sightline.command.InvitationCommands.Sending;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What admins do about people. */
public final class UserCommands {
  private UserCommands() {}

  /** A user as it is after a command. */
  public record UserResult(UserId user, UserFacts facts, Profile profile) {}

  /** Somebody to add. */
  public record NewUser(UserId user, Profile profile, Role role) {
    /** An ADMIN is one from now on, even if nobody knows when an invitation will be accepted. */
    private UserFacts facts(Status status, Instant now) {
      Instant adminSince = role == Role.ADMIN ? now : null;
      return new UserFacts(role, status, now, adminSince, false, false);
    }

    List<Change> changes(Status status, Instant now) {
      return List.of(
          new UserChanged(user, null, facts(status, now)), new ProfileChanged(user, null, profile));
    }

    UserResult result(Status status, Instant now) {
      return new UserResult(user, facts(status, now), profile);
    }
  }

  /** Adds somebody as ACTIVE. */
  public record Add(Actor actor, NewUser newUser) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      Refusal refusal =
          first(() -> Stages.admin(situation, actor), () -> isNew(situation, newUser));
      Instant now = situation.now();
      return refusal != null
          ? refused(refusal)
          : accepted(newUser.changes(Status.ACTIVE, now), newUser.result(Status.ACTIVE, now));
    }
  }

  /** Stage 6: neither the id was ever used, nor is the address in use. */
  static @Nullable Refusal isNew(Situation situation, NewUser newUser) {
    UserId user = newUser.user();
    return first(
        () -> Stages.unused(situation.facts().wasUsed(user), "user", user.value()),
        () -> addressIsFree(situation, newUser.profile().email(), user));
  }

  /** Changes name, e-mail address or title; null: as it is. */
  public record Update(
      Actor actor,
      UserId user,
      @Nullable String name,
      @Nullable EmailAddress email,
      @Nullable String title)
      implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> email == null ? null : addressIsFree(situation, email, user));
      if (refusal != null) {
        return refused(refusal);
      }
      Profile before = situation.facts().profile(user);
      Profile after =
          new Profile(
              name != null ? name : before.name(),
              email != null && !isSame(email, before.email()) ? email : before.email(),
              title != null ? title : before.title());
      UserResult result = new UserResult(user, Stages.known(graph, user), after);
      return after.equals(before) ? unchanged(result) : changed(situation, before, after, result);
    }

    /** Somebody INVITED whose address is another now is sent a new link to it. */
    private Decision<UserResult> changed(
        Situation situation, Profile before, Profile after, UserResult result) {
      Change changed = new ProfileChanged(user, before, after);
      if (result.facts().status() != Status.INVITED || isSame(before.email(), after.email())) {
        return accepted(changed, result);
      }
      Sending sending = Sending.next(situation, user);
      List<Change> changes = List.of(changed, sending.change());
      return accepted(changes, List.of(sending.mail(situation, changes)), result);
    }
  }

  /** An address that compares equal is not new, however it is written. */
  private static boolean isSame(EmailAddress one, EmailAddress other) {
    return one.canonical().equals(other.canonical());
  }

  /** Gives a user another role. */
  public record ChangeRole(Actor actor, UserId user, Role role) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> role == Role.ADMIN ? null : keepsAnAdmin(graph, user));
      return refusal != null
          ? refused(refusal)
          : changed(situation, user, Stages.known(graph, user).withRole(role, situation.now()));
    }
  }

  /** Shuts somebody out who keeps what is theirs. */
  public record Disable(Actor actor, UserId user) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> notOneself(actor, user, "disable"),
              () -> acceptedTheInvitation(graph, user),
              () -> keepsAnAdmin(graph, user));
      return refusal != null
          ? refused(refusal)
          : changed(situation, user, Stages.known(graph, user).withStatus(Status.DISABLED));
    }
  }

  /** Lets somebody in again. */
  public record Enable(Actor actor, UserId user) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> acceptedTheInvitation(graph, user));
      return refusal != null
          ? refused(refusal)
          : changed(situation, user, Stages.known(graph, user).withStatus(Status.ACTIVE));
    }
  }

  /** Deletes somebody for good; the oldest admin inherits what they owned. */
  public record Delete(Actor actor, UserId user) implements Command<DeleteResult> {
    @Override
    public Decision<DeleteResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> notOneself(actor, user, "delete"),
              () -> keepsAnAdmin(graph, user));
      if (refusal != null) {
        return refused(refusal);
      }
      List<Change> changes = new ArrayList<>();
      for (DashboardId dashboard : graph.facts().entriesOf(user)) {
        changes.add(removed(dashboard, user, held(graph, dashboard)));
      }
      graph
          .facts()
          .teamsOf(user)
          .forEach(team -> changes.add(new MembershipChanged(team, user, false)));
      graph
          .facts()
          .allSubscriptions(user)
          .forEach(dashboard -> changes.add(new SubscriptionChanged(dashboard, user, false)));
      changes.addAll(InvitationCommands.withdrawn(situation, user, Stages.known(graph, user)));
      List<DashboardId> owned = graph.facts().ownedBy(user);
      UserId heir = owned.isEmpty() ? null : heirOf(graph, user);
      if (heir != null) {
        changes.addAll(inherited(graph, owned, heir));
      }
      changes.add(new UserChanged(user, Stages.known(graph, user), null));
      return accepted(changes, new DeleteResult(heir, owned.size()));
    }

    private Entry held(OrgGraph graph, DashboardId dashboard) {
      return Objects.requireNonNull(graph.facts().entry(dashboard, user), "entry");
    }

    private static UserId heirOf(OrgGraph graph, UserId user) {
      return Objects.requireNonNull(
          graph.facts().oldestAdmin(user), "an organization keeps an ACTIVE ADMIN");
    }

    private List<Change> inherited(OrgGraph graph, List<DashboardId> owned, UserId heir) {
      List<Change> changes = new ArrayList<>();
      for (DashboardId dashboard : owned) {
        Entry entry = graph.facts().entry(dashboard, heir);
        if (entry != null) {
          changes.add(removed(dashboard, heir, entry));
        }
      }
      changes.add(new EstateInherited(user, heir, owned));
      return changes;
    }

    private static EntryChanged removed(DashboardId dashboard, UserId user, Entry entry) {
      return new EntryChanged(dashboard, user, entry, null);
    }
  }

  /**
   * What became of what a deleted user owned.
   *
   * @param heir null: the user owned nothing
   */
  public record DeleteResult(@Nullable UserId heir, int inheritedDashboards) {}

  static Decision<UserResult> changed(Situation situation, UserId user, UserFacts after) {
    UserFacts before = Stages.known(situation.graph(), user);
    UserResult result = new UserResult(user, after, situation.facts().profile(user));
    return after.equals(before)
        ? unchanged(result)
        : accepted(new UserChanged(user, before, after), result);
  }

  private static @Nullable Refusal addressIsFree(
      Situation situation, EmailAddress email, UserId user) {
    UserId holder = situation.facts().holderOf(email);
    return holder == null || holder.equals(user)
        ? null
        : Refusal.of(
            Reason.EMAIL_TAKEN,
            "Another user has this e-mail address already: " + holder + ".",
            "user",
            holder.value());
  }

  private static @Nullable Refusal notOneself(Actor actor, UserId user, String verb) {
    return actor.user().equals(user)
        ? Refusal.of(
            Reason.OWN_ACCOUNT,
            "Nobody may %s themselves. Ask another admin.".formatted(verb),
            "user",
            user.value())
        : null;
  }

  private static @Nullable Refusal acceptedTheInvitation(OrgGraph graph, UserId user) {
    return Stages.known(graph, user).status() == Status.INVITED
        ? Refusal.of(
            Reason.STILL_INVITED,
            user + " has not accepted the invitation yet.",
            "user",
            user.value())
        : null;
  }

  private static @Nullable Refusal keepsAnAdmin(OrgGraph graph, UserId user) {
    return graph.facts().oldestAdmin(user) != null
        ? null
        : Refusal.of(
            Reason.LAST_ADMIN,
            "%s is the last ACTIVE ADMIN of organization %s. Make somebody else one first."
                .formatted(user, graph.id()),
            "user",
            user.value());
  }
}
