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
    after.facts().pendingRequests().forEach((id, request) -> visit(id, request, now));
  }

  private void visit(RequestId id, RequestFacts request, Instant now) {
    RequestFacts followed = followed(after, request, now);
    DashboardFacts dashboard = after.facts().dashboard(request.dashboard());
    if (!followed.isPending() || dashboard == null) {
      changes.add(new RequestChanged(id, request, followed));
      return;
    }
    if (isFromBefore(id)) {
      UserId addressee =
          hasNewOwner(request.dashboard()) ? addressee(after, dashboard) : followed.addressee();
      if (!addressee.equals(request.addressee())) {
        address(id, request, addressee, dashboard);
        return;
      }
    }
    if (hasNewAddress(request.addressee())) {
      address(id, request, request.addressee(), dashboard);
    }
  }

  /**
   * What a pending request is when an instant has come, if nothing but time has led there: over,
   * without anything left to ask for, or somebody else's to decide.
   *
   * @param graph at that instant
   */
  static RequestFacts followed(OrgGraph graph, RequestFacts request, Instant now) {
    if (!request.isPending(now)) {
      return request.expired();
    }
    DashboardFacts dashboard = graph.facts().dashboard(request.dashboard());
    if (dashboard == null || !isAsking(graph, request)) {
      return request.cancelled();
    }
    UserId addressee =
        RequestCommands.mayManage(graph, request.addressee(), request.dashboard())
            ? request.addressee()
            : addressee(graph, dashboard);
    return addressee.equals(request.addressee()) ? request : request.addressedTo(addressee);
  }

  /** Still there, and without the right to manage access. */
  private static boolean isAsking(OrgGraph graph, RequestFacts request) {
    UserFacts requester = graph.facts().user(request.requester());
    int decision = AccessRules.decide(graph, request.requester(), request.dashboard());
    return requester != null
        && requester.status() == Status.ACTIVE
        && !AccessRules.level(decision).atLeast(Level.EDITOR);
  }

  private boolean isFromBefore(RequestId id) {
    return before.facts().pendingRequests().containsKey(id);
  }

  private boolean hasNewOwner(DashboardId dashboard) {
    DashboardFacts held = before.facts().dashboard(dashboard);
    DashboardFacts now = Objects.requireNonNull(after.facts().dashboard(dashboard));
    return held != null && !held.owner().equals(now.owner());
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
