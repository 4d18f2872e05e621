package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Effect;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of pending requests when something else changes, or time passes: some go to another
 * addressee, some have nothing left to ask for, some are over.
 *
 * <p>Decided between two graphs, so it holds for whatever led from one to the other: no command has
 * to think of it.
 */
final class FollowUps {
  private final OrgGraph before;
  private final OrgGraph after;
  private final List<? extends Change> cause;
  private final Facts facts;
  private final Mails mails;
  private final List<Change> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  private FollowUps(OrgGraph before, OrgGraph after, List<? extends Change> cause, Facts facts) {
    this.before = before;
    this.after = after;
    this.cause = cause;
    this.facts = facts;
    this.mails = new Mails(facts, cause);
  }

  /** What follows from changes. */
  static FollowUps of(
      OrgGraph before, OrgGraph after, List<? extends Change> cause, Facts facts, Instant now) {
    FollowUps found = new FollowUps(before, after, cause, facts);
    found.visit(now);
    return found;
  }

  /** What follows from time having come to this instant. */
  static FollowUps ofTime(OrgGraph before, OrgGraph after, Facts facts, Instant now) {
    return of(before, after, List.of(), facts, now);
  }

  List<Change> changes() {
    return changes;
  }

  List<Effect> effects() {
    return effects;
  }

  private void visit(Instant now) {
    after
        .facts()
        .pendingRequests()
        .forEach((id, request) -> {
          if (request.isPending(now)) {
            visit(id, request);
          } else {
            changes.add(new RequestChanged(id, request, request.expired()));
          }
        });
  }

  private void visit(RequestId id, RequestFacts request) {
    DashboardFacts dashboard = after.facts().dashboard(request.dashboard());
    if (dashboard == null || !isAsking(request)) {
      changes.add(new RequestChanged(id, request, request.cancelled()));
      return;
    }
    if (isFromBefore(id) && (hasNewOwner(request.dashboard()) || !mayDecide(request))) {
      UserId addressee = addressee(after, dashboard);
      if (!addressee.equals(request.addressee())) {
        address(id, request, addressee, dashboard);
        return;
      }
    }
    if (hasNewAddress(request.addressee())) {
      address(id, request, request.addressee(), dashboard);
    }
  }

  /** Still there, and without the right to manage access. */
  private boolean isAsking(RequestFacts request) {
    UserFacts requester = after.facts().user(request.requester());
    return requester != null
        && requester.status() == Status.ACTIVE
        && !level(request.requester(), request.dashboard()).atLeast(Level.EDITOR);
  }

  private Level level(UserId user, DashboardId dashboard) {
    return AccessRules.level(AccessRules.decide(after, user, dashboard));
  }

  private boolean isFromBefore(RequestId id) {
    return before.facts().pendingRequests().containsKey(id);
  }

  private boolean hasNewOwner(DashboardId dashboard) {
    DashboardFacts held = before.facts().dashboard(dashboard);
    DashboardFacts now = Objects.requireNonNull(after.facts().dashboard(dashboard));
    return held != null && !held.owner().equals(now.owner());
  }

  private boolean mayDecide(RequestFacts request) {
    int decision = AccessRules.decide(after, request.addressee(), request.dashboard());
    return Action.MANAGE_ACCESS.allowedBy(
        AccessRules.level(decision), AccessRules.because(decision));
  }

  private boolean hasNewAddress(UserId user) {
    return cause.stream()
        .anyMatch(change ->
            change instanceof ProfileChanged(var who, var held, var now)
                && who.equals(user)
                && held != null
                && now != null
                && !held.email().canonical().equals(now.email().canonical()));
  }

  private void address(RequestId id, RequestFacts request, UserId to, DashboardFacts dashboard) {
    RequestFacts addressed = request.addressedTo(to);
    changes.add(new RequestChanged(id, request, addressed));
    effects.add(new Effect.Send(mails.accessRequested(id, addressed, dashboard, facts.reason(id))));
  }

  /** Whom a request for a dashboard goes to: its owner if ACTIVE, else the oldest admin. */
  static UserId addressee(OrgGraph graph, DashboardFacts dashboard) {
    UserFacts owner = Objects.requireNonNull(graph.facts().user(dashboard.owner()), "owner");
    return owner.status() == Status.ACTIVE
        ? dashboard.owner()
        : Objects.requireNonNull(
            graph.facts().oldestAdmin(null), "an organization keeps an ACTIVE ADMIN");
  }
}
