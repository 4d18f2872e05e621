package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Level;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people do about who may see and edit a dashboard. */
public final class AccessCommands {
  private AccessCommands() {}

  /** When an entry that is set ends. */
  public sealed interface End {
    /** It does not. */
    record Never() implements End {}

    /** At this instant, which must lie ahead when the command is decided. */
    record At(Instant instant) implements End {}

    /** So long after the command is decided. */
    record After(java.time.Duration duration) implements End {}

    /** The instant, null for never, counted from {@code now}. */
    default @Nullable Instant instant(Instant now) {
      return switch (this) {
        case Never() -> null;
        case At(Instant instant) -> instant;
        case After(var duration) -> now.plus(duration);
      };
    }
  }

  /** An entry to set. */
  public record EntryToSet(Subject subject, Level level, End end) {}

  /**
   * One change of who has access, whole or not at all. No subject is named twice.
   *
   * @param companyDefault null: as it is
   * @param etag null: whatever the access is now
   */
  public record UpdateAccess(
      Actor actor,
      DashboardId dashboard,
      @Nullable Level companyDefault,
      List<EntryToSet> set,
      List<Subject> remove,
      @Nullable String etag)
      implements Command<DashboardId> {
    @Override
    public Decision<DashboardId> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> endsAhead(situation.now()),
              () -> DashboardCommands.seen(graph, actor, dashboard, Action.MANAGE_ACCESS),
              () -> notForOneself(graph, actor, dashboard, subjectsToSet()),
              () -> namedAreKnown(graph),
              () -> notForTheOwner(graph, dashboard, namedSubjects()),
              () -> matchesEtag(situation));
      if (refusal != null) {
        return refused(refusal);
      }
      List<Change> changes = changes(graph, situation.now());
      return changes.isEmpty() ? unchanged(dashboard) : accepted(changes, dashboard);
    }

    private List<Change> changes(OrgGraph graph, Instant now) {
      List<Change> changes = new ArrayList<>();
      DashboardFacts before = Stages.known(graph, dashboard);
      if (companyDefault != null && companyDefault != before.companyDefault()) {
        DashboardFacts after = before.withCompanyDefault(companyDefault);
        changes.add(new DashboardChanged(dashboard, before, after));
      }
      for (EntryToSet entry : set) {
        Entry held = graph.facts().entry(dashboard, entry.subject());
        Entry wanted = new Entry(entry.level(), entry.end().instant(now));
        if (!wanted.equals(held)) {
          changes.add(new EntryChanged(dashboard, entry.subject(), held, wanted));
        }
        if (entry.subject() instanceof UserId user) {
          changes.addAll(
              RequestCommands.approvedByHand(
                  graph, dashboard, user, entry.level(), actor.user(), now));
        }
      }
      for (Subject subject : remove) {
        Entry held = graph.facts().entry(dashboard, subject);
        if (held != null && !held.hasEnded(now)) {
          changes.add(new EntryChanged(dashboard, subject, held, null));
        }
      }
      return changes;
    }

    private @Nullable Refusal endsAhead(Instant now) {
      for (EntryToSet entry : set) {
        Instant end = entry.end().instant(now);
        if (end != null && !end.isAfter(now)) {
          return Refusal.of(
              Reason.OUT_OF_RANGE,
              "The entry for %s ends at %s, which is not after now, %s. Choose a later end."
                  .formatted(entry.subject().value(), end, now),
              "subject",
              entry.subject().value(),
              "end",
              end.toString());
        }
      }
      return null;
    }

    private @Nullable Refusal namedAreKnown(OrgGraph graph) {
      for (Subject subject : namedSubjects()) {
        Refusal unknown = Stages.subject(graph, subject);
        if (unknown != null) {
          return unknown;
        }
      }
      return null;
    }

    private @Nullable Refusal matchesEtag(Situation situation) {
      String current = AccessEtag.of(situation.graph(), dashboard);
      return etag == null || etag.equals(current)
          ? null
          : Refusal.of(
              Reason.ETAG_MISMATCH,
              "Who has access to dashboard %s has changed since it was read. Read it again."
                  .formatted(dashboard),
              "dashboard",
              dashboard.value());
    }

    private List<Subject> subjectsToSet() {
      return set.stream().map(EntryToSet::subject).toList();
    }

    private List<Subject> namedSubjects() {
      List<Subject> named = new ArrayList<>(subjectsToSet());
      named.addAll(remove);
      return named;
    }
  }

  /** Lets whoever has this e-mail address in; never lowers what they have. */
  public record Share(Actor actor, DashboardId dashboard, EmailAddress email, Level level)
      implements Command<ShareResult> {
    @Override
    public Decision<ShareResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal outside = DashboardCommands.seen(graph, actor, dashboard, Action.SHARE);
      if (outside != null) {
        return refused(outside);
      }
      UserId user = situation.facts().holderOf(email);
      if (user == null) {
        return refused(
            Refusal.of(
                Reason.EMAIL_NOT_FOUND,
                "Nobody in organization %s has this e-mail address.".formatted(graph.id()),
                "organization",
                graph.id().value()));
      }
      Refusal refusal =
          first(
              () -> notForOneself(graph, actor, dashboard, List.of(user)),
              () -> notForTheOwner(graph, dashboard, List.of(user)));
      return refusal != null ? refused(refusal) : shared(situation, user);
    }

    private Decision<ShareResult> shared(Situation situation, UserId user) {
      Entry held = situation.graph().facts().entry(dashboard, user);
      if (held != null && !held.hasEnded(situation.now()) && held.level().atLeast(level)) {
        return unchanged(new ShareResult(user, held.level()));
      }
      List<Change> changes = new ArrayList<>();
      changes.add(new EntryChanged(dashboard, user, held, new Entry(level, null)));
      changes.addAll(
          RequestCommands.approvedByHand(
              situation.graph(), dashboard, user, level, actor.user(), situation.now()));
      return accepted(changes, new ShareResult(user, level));
    }
  }

  /**
   * Who was let in.
   *
   * @param level of the entry that the user has now
   */
  public record ShareResult(UserId user, Level level) {}

  /** Stage 4: editors open doors for others, not for themselves. */
  private static @Nullable Refusal notForOneself(
      OrgGraph graph, Actor actor, DashboardId dashboard, List<? extends Subject> subjects) {
    UserId self = actor.user();
    boolean free =
        Stages.known(graph, dashboard).owner().equals(self)
            || Objects.requireNonNull(graph.facts().user(self), "actor").isActiveAdmin();
    if (free) {
      return null;
    }
    for (Subject subject : subjects) {
      boolean own =
          switch (subject) {
            case UserId user -> user.equals(self);
            case TeamId team -> graph.facts().isMember(self, team);
          };
      if (own) {
        return Refusal.of(
            Reason.OWN_ENTRY,
            "%s may not set an entry for %s, which is %s. Ask the owner or an admin."
                .formatted(
                    self,
                    subject.value(),
                    subject instanceof UserId ? "themselves" : "a team they are in"),
            "subject",
            subject.value());
      }
    }
    return null;
  }

  /** Stage 6: the owner has no entry. */
  private static @Nullable Refusal notForTheOwner(
      OrgGraph graph, DashboardId dashboard, List<? extends Subject> subjects) {
    UserId owner = Stages.known(graph, dashboard).owner();
    return subjects.contains(owner)
        ? Refusal.of(
            Reason.OWNER_HAS_NO_ENTRY,
            "%s owns dashboard %s; an owner has no entry.".formatted(owner, dashboard),
            "user",
            owner.value())
        : null;
  }
}
