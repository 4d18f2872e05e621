package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Effect;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.command.UserCommands.NewUser;
import dev.sightline.command.UserCommands.UserResult;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How somebody new is let in: an invitation, by mail, with a link to accept it with. */
public final class InvitationCommands {
  static final Duration LINK_HOLDS = Duration.ofDays(7);
  static final Duration BETWEEN_SENDINGS = Duration.ofSeconds(30);

  /** The same for every link that cannot be used: nobody learns which links there were. */
  public static final Refusal DEAD_LINK =
      Refusal.of(
          Reason.INVITATION_LINK_DEAD,
          "This link cannot be used, or not any more. Ask whoever invited you for a new one.");

  private InvitationCommands() {}

  /**
   * Somebody who has been invited.
   *
   * @param linkEnd from this instant on the link is dead
   */
  public record InviteResult(UserResult user, Instant linkEnd) {}

  /** Adds somebody as INVITED, and writes to them. */
  public record Invite(Actor actor, NewUser newUser) implements Command<InviteResult> {
    @Override
    public Decision<InviteResult> decide(Situation situation) {
      Refusal refusal =
          first(() -> Stages.admin(situation, actor), () -> UserCommands.isNew(situation, newUser));
      if (refusal != null) {
        return refused(refusal);
      }
      Instant now = situation.now();
      List<Change> changes = new ArrayList<>(newUser.changes(Status.INVITED, now));
      Sending sending = Sending.next(null, newUser.user(), now);
      changes.add(sending.change());
      return accepted(
          changes,
          List.of(sending.mail(situation, changes)),
          new InviteResult(newUser.result(Status.INVITED, now), sending.after().end()));
    }
  }

  /** Sends somebody INVITED a new link. */
  public record Resend(Actor actor, UserId user) implements Command<Instant> {
    @Override
    public Decision<Instant> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.user(graph, user),
              () -> isInvited(graph, user),
              () -> isNotTooSoon(situation));
      if (refusal != null) {
        return refused(refusal);
      }
      Sending sending = Sending.next(situation, user);
      List<Change> changes = List.of(sending.change());
      return accepted(changes, List.of(sending.mail(situation, changes)), sending.after().end());
    }

    private @Nullable Refusal isNotTooSoon(Situation situation) {
      InvitationFacts held = situation.facts().invitation(user);
      if (held == null) {
        return null;
      }
      Instant again = held.sentAt().plus(BETWEEN_SENDINGS);
      return situation.now().isBefore(again) ? tooSoon(situation.now(), again) : null;
    }

    private Refusal tooSoon(Instant now, Instant again) {
      Duration wait = Duration.between(now, again);
      long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
      return Refusal.of(
          Reason.RESENT_TOO_SOON,
          "%s was sent an invitation less than %d s ago. Try again in %d s."
              .formatted(user, BETWEEN_SENDINGS.toSeconds(), seconds),
          "user",
          user.value(),
          "wait_seconds",
          Long.toString(seconds),
          "again_at",
          again.toString());
    }
  }

  /**
   * Makes somebody INVITED ACTIVE, by a link that was found.
   *
   * @param sending the invitation's when the link was sent
   */
  public record Accept(UserId user, int sending) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      UserFacts before = situation.graph().facts().user(user);
      InvitationFacts held = situation.facts().invitation(user);
      if (before == null
          || before.status() != Status.INVITED
          || held == null
          || held.sending() != sending
          || !situation.now().isBefore(held.end())) {
        return refused(DEAD_LINK);
      }
      UserFacts after = before.withStatus(Status.ACTIVE);
      return accepted(
          List.of(new UserChanged(user, before, after), new InvitationChanged(user, held, null)),
          new UserResult(user, after, situation.facts().profile(user)));
    }
  }

  /** A mail with a new link; all links before it are dead. */
  record Sending(UserId user, @Nullable InvitationFacts before, InvitationFacts after) {
    static Sending next(Situation situation, UserId user) {
      return next(situation.facts().invitation(user), user, situation.now());
    }

    /**
     * @param held null: none was sent, to somebody imported perhaps
     */
    private static Sending next(@Nullable InvitationFacts held, UserId user, Instant now) {
      int number = held == null ? 1 : held.sending() + 1;
      return new Sending(user, held, new InvitationFacts(number, now, now.plus(LINK_HOLDS)));
    }

    InvitationChanged change() {
      return new InvitationChanged(user, before, after);
    }

    /**
     * @param changes of the same revision, which may give another name or address
     */
    Effect.Send mail(Situation situation, List<Change> changes) {
      return new Effect.Send(
          new Mails(situation.facts(), changes).invitation(user, situation.graph(), after));
    }
  }

  /** What ends somebody's invitation, if there is one. */
  static List<InvitationChanged> withdrawn(Situation situation, UserId user, UserFacts facts) {
    InvitationFacts held =
        facts.status() == Status.INVITED ? situation.facts().invitation(user) : null;
    return held == null ? List.of() : List.of(new InvitationChanged(user, held, null));
  }

  private static @Nullable Refusal isInvited(OrgGraph graph, UserId user) {
    Status status = Stages.known(graph, user).status();
    return status == Status.INVITED
        ? null
        : Refusal.of(
            Reason.NOT_INVITED,
            "%s is %s; only somebody INVITED is sent an invitation.".formatted(user, status),
            "user",
            user.value(),
            "status",
            status.name());
  }
}
