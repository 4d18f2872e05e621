package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Effect;
import dev.sightline.change.Entry;
import dev.sightline.change.Mail;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WaitingMail;
import dev.sightline.change.WaitingMail.Kind;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Level;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told by mail of what somebody has changed about access: SHARED, APPROVED and DECLINED, at
 * once or when a draft is published.
 *
 * <p>Decided between two graphs, from the changes alone, so it holds for whatever command made
 * them, and deciding a command needs no facts but for its own sake: a rehearsal writes to nobody.
 */
final class Notices {
  private final OrgGraph before;
  private final OrgGraph after;
  private final UserId by;
  private final Instant now;
  private final Facts facts;
  private final Mails mails;
  private final Set<Letting> approved = new HashSet<>();
  private final List<Effect> effects = new ArrayList<>();

  /** Somebody on a dashboard. */
  private record Letting(DashboardId dashboard, UserId user) {}

  private Notices(
      OrgGraph before, OrgGraph after, List<Change> changes, UserId by, Instant now, Facts facts) {
    this.before = before;
    this.after = after;
    this.by = by;
    this.now = now;
    this.facts = facts;
    this.mails = new Mails(facts, changes);
  }

  /**
   * What goes with changes of one revision.
   *
   * @param by who made them; null for an operator, of whose changes nobody is told
   */
  static List<Effect> of(
      OrgGraph before,
      OrgGraph after,
      List<Change> changes,
      @Nullable UserId by,
      Facts facts,
      Instant now) {
    if (by == null) {
      return List.of();
    }
    Notices notices = new Notices(before, after, changes, by, now, facts);
    changes.forEach(notices::ofDecision);
    changes.forEach(notices::ofAccess);
    return notices.effects;
  }

  private void ofDecision(Change change) {
    if (!(change instanceof RequestChanged(var _, var _, var decided)) || decided == null) {
      return;
    }
    if (decided.status() == RequestStatus.APPROVED) {
      approved.add(new Letting(decided.dashboard(), decided.requester()));
      tell(decided.dashboard(), decided.requester(), Kind.APPROVED);
    } else if (decided.status() == RequestStatus.DECLINED) {
      effects.add(new Effect.Send(declined(decided)));
    }
  }

  private void ofAccess(Change change) {
    if (change instanceof EntryChanged(var dashboard, UserId user, var held, var wanted)) {
      ofEntry(dashboard, user, held, wanted);
    } else if (change instanceof DashboardChanged(var dashboard, var was, var is)) {
      ofDashboard(dashboard, was, is);
    } else if (change instanceof EstateInherited(var _, var heir, var dashboards)) {
      dashboards.forEach(dashboard -> forget(dashboard, heir));
    }
  }

  private void ofEntry(
      DashboardId dashboard, UserId user, @Nullable Entry held, @Nullable Entry wanted) {
    if (after.facts().dashboard(dashboard) == null) {
      return;
    }
    if (!letsIn(wanted)) {
      forget(dashboard, user);
    } else if (!letsIn(held)
        && !user.equals(by)
        && !ownedIt(user, dashboard)
        && !approved.contains(new Letting(dashboard, user))) {
      tell(dashboard, user, Kind.SHARED);
    }
  }

  private boolean letsIn(@Nullable Entry entry) {
    return entry != null && !entry.hasEnded(now) && entry.level().atLeast(Level.VIEWER);
  }

  /** Whoever hands a dashboard over becomes an EDITOR of it, and is not told. */
  private boolean ownedIt(UserId user, DashboardId dashboard) {
    DashboardFacts held = before.facts().dashboard(dashboard);
    return held != null && held.owner().equals(user);
  }

  private void ofDashboard(
      DashboardId dashboard, @Nullable DashboardFacts was, @Nullable DashboardFacts is) {
    if (was == null) {
      return;
    }
    if (is == null) {
      effects.add(new Effect.StopWaiting(dashboard));
      return;
    }
    if (!was.owner().equals(is.owner())) {
      forget(dashboard, is.owner());
    }
    if (was.draft() && !is.draft()) {
      facts.waiting(dashboard).forEach((user, waiting) -> send(dashboard, user, waiting));
      effects.add(new Effect.StopWaiting(dashboard));
    }
  }

  /** Nothing waits for this person any more; only for drafts anything does. */
  private void forget(DashboardId dashboard, UserId user) {
    DashboardFacts held = after.facts().dashboard(dashboard);
    if (held != null && held.draft()) {
      effects.add(new Effect.Wait(dashboard, user, null));
    }
  }

  /** At once, or when it is published: a draft's name is nobody's business. */
  private void tell(DashboardId dashboard, UserId user, Kind kind) {
    WaitingMail mail = new WaitingMail(kind, by);
    if (dashboardAfter(dashboard).draft()) {
      effects.add(new Effect.Wait(dashboard, user, mail));
    } else {
      send(dashboard, user, mail);
    }
  }

  private void send(DashboardId dashboard, UserId user, WaitingMail waiting) {
    Level level = mayBeWrittenTo(user) ? level(dashboard, user) : Level.NONE;
    if (level.atLeast(Level.VIEWER)) {
      effects.add(
          new Effect.Send(
              switch (waiting.kind()) {
                case SHARED -> shared(dashboard, user, waiting.by(), level);
                case APPROVED -> approved(dashboard, user, level);
              }));
    }
  }

  private boolean mayBeWrittenTo(UserId user) {
    UserFacts held = after.facts().user(user);
    return held != null && (held.status() == Status.ACTIVE || held.status() == Status.INVITED);
  }

  /** What a mail says: drafts aside, and whether or not the account works yet. */
  private Level level(DashboardId dashboard, UserId user) {
    UserFacts held = Objects.requireNonNull(after.facts().user(user), "user");
    return held.role() == Role.ADMIN
        ? Level.EDITOR
        : AccessRules.grantedLevel(after, user, dashboard);
  }

  private Mail shared(DashboardId dashboard, UserId user, UserId sharedBy, Level level) {
    DashboardFacts held = dashboardAfter(dashboard);
    // Whoever shared a draft may be gone by the time that it is published.
    UserId named = after.facts().user(sharedBy) != null ? sharedBy : held.owner();
    return new Mail.Shared(
        mails.to(user), dashboard, held.name(), level, mails.profile(named).name());
  }

  private Mail approved(DashboardId dashboard, UserId user, Level level) {
    DashboardFacts held = dashboardAfter(dashboard);
    return new Mail.Approved(
        mails.to(user), dashboard, held.name(), level, mails.profile(held.owner()).name());
  }

  private Mail declined(RequestFacts request) {
    DashboardFacts held = dashboardAfter(request.dashboard());
    UserFacts owner = Objects.requireNonNull(after.facts().user(held.owner()), "owner");
    EmailAddress contact =
        mails.profile(owner.status() == Status.ACTIVE ? held.owner() : request.addressee()).email();
    return new Mail.Declined(
        mails.to(request.requester()),
        request.dashboard(),
        held.draft() ? null : held.name(),
        contact);
  }

  private DashboardFacts dashboardAfter(DashboardId dashboard) {
    return Objects.requireNonNull(after.facts().dashboard(dashboard), "dashboard");
  }
}
