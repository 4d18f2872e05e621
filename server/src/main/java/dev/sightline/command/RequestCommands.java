package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Effect;
import dev.sightline.change.Entry;
import dev.sightline.change.Instants;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.WaitingMail;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkOutcome;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people do about being let in: asking, deciding, taking back. */
public final class RequestCommands {
  /** From when it was made to when a request ends. */
  public static final Duration LIFETIME = Duration.ofDays(7);

  /** From a decline to when the same person may ask again. */
  public static final Duration WAIT_AFTER_DECLINE = Duration.ofDays(7);

  /** The most characters that a reason has. */
  public static final int MAX_REASON = 1_000;

  private RequestCommands() {}

  /**
   * A request as it is after a command.
   *
   * @param reason why it was made; may be empty
   */
  public record RequestResult(RequestId request, RequestFacts facts, String reason) {}

  /**
   * Asks to be let in; while a request of the actor's is pending, it stays that one.
   *
   * @param request the id that a new request gets
   * @param reason may be empty
   */
  public record Ask(Actor actor, DashboardId dashboard, RequestId request, String reason)
      implements Command<RequestResult> {
    @Override
    public Decision<RequestResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Facts facts = situation.facts();
      Refusal refusal =
          first(
              () -> Stages.member(graph, actor),
              () -> dashboardIsThere(graph, actor.user(), dashboard),
              () -> cannotView(graph, actor.user(), dashboard),
              () -> isNotApproved(facts.waiting(dashboard), actor.user(), dashboard));
      if (refusal != null) {
        return refused(refusal);
      }
      RequestId pending = graph.facts().pendingRequest(dashboard, actor.user());
      if (pending != null) {
        return unchanged(
            new RequestResult(
                pending,
                Objects.requireNonNull(graph.facts().pendingRequests().get(pending)),
                facts.reason(pending)));
      }
      Instant askAgainAt = askAgainAt(facts.lastDeclined(dashboard, actor.user()), situation.now());
      return askAgainAt != null ? refused(declinedRecently(askAgainAt)) : asked(situation);
    }

    private Decision<RequestResult> asked(Situation situation) {
      OrgGraph graph = situation.graph();
      Instant now = situation.now();
      DashboardFacts held = Stages.known(graph, dashboard);
      UserId addressee = FollowUps.addressee(graph, held);
      RequestFacts made =
          RequestFacts.pending(dashboard, actor.user(), addressee, now, now.plus(LIFETIME));
      List<Change> changes = new ArrayList<>();
      changes.add(new RequestChanged(request, null, made));
      if (!reason.isEmpty()) {
        var what = new ReasonGiven.Explained.Request(request);
        changes.add(new ReasonGiven(what, actor.user(), reason));
      }
      Mails mails = new Mails(situation.facts(), changes);
      return accepted(
          changes,
          List.of(new Effect.Send(mails.accessRequested(request, made, held, reason))),
          new RequestResult(request, made, reason));
    }

    private Refusal declinedRecently(Instant askAgainAt) {
      return Refusal.of(
          Reason.DECLINED_RECENTLY,
          "A request for dashboard %s was declined; %s may ask again from %s on."
              .formatted(dashboard, actor.user(), askAgainAt),
          "dashboard",
          dashboard.value(),
          "ask_again_at",
          askAgainAt.toString());
    }
  }

  /** Approves or declines, in the app. */
  public record Decide(Actor actor, RequestId request, LinkDecision decision)
      implements Command<RequestResult> {
    @Override
    public Decision<RequestResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      RequestFacts held = situation.facts().request(request);
      Refusal refusal =
          first(
              () -> Stages.actor(graph, actor),
              () -> mayDecide(graph, actor, request, held),
              () -> isPending(request, held));
      return refusal != null || held == null
          ? refused(Objects.requireNonNull(refusal))
          : decided(situation, actor.user(), request, held, decision);
    }
  }

  /** Takes a request of one's own back. */
  public record Cancel(Actor actor, RequestId request) implements Command<RequestResult> {
    @Override
    public Decision<RequestResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      RequestFacts held = situation.facts().request(request);
      Refusal refusal =
          first(
              () -> Stages.member(graph, actor),
              () -> isTheActors(graph, held),
              () -> isCancelled(held) ? null : isPending(request, held));
      if (refusal != null || held == null) {
        return refused(Objects.requireNonNull(refusal));
      }
      String reason = situation.facts().reason(request);
      if (isCancelled(held)) {
        return unchanged(new RequestResult(request, held, reason));
      }
      RequestFacts cancelled = held.cancelled();
      return accepted(
          new RequestChanged(request, held, cancelled),
          new RequestResult(request, cancelled, reason));
    }

    private @Nullable Refusal isTheActors(OrgGraph graph, @Nullable RequestFacts held) {
      if (held != null && held.requester().equals(actor.user())) {
        return null;
      }
      return held == null || !mayManage(graph, actor.user(), held.dashboard())
          ? noRequest(request)
          : Refusal.of(
              Reason.ACTION_NOT_ALLOWED,
              "Only %s, who made request %s, may take it back."
                  .formatted(held.requester(), request),
              "request",
              request.value(),
              "requester",
              held.requester().value());
    }

    private static boolean isCancelled(@Nullable RequestFacts held) {
      return held != null && held.status() == RequestStatus.CANCELLED;
    }
  }

  /**
   * Does what a one-click link says, in the name of whoever the mail with it went to.
   *
   * @param addressing which of the mails about the request had the link
   * @param addressee to whom the request was addressed when the link was looked up
   */
  public record UseLink(RequestId request, int addressing, UserId addressee, LinkDecision decision)
      implements Command<LinkUse> {
    @Override
    public Decision<LinkUse> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      RequestFacts held = situation.facts().request(request);
      LinkOutcome outcome = outcome(graph, held, addressing);
      boolean theirs = held != null && held.addressee().equals(addressee);
      if (held == null || !theirs || outcome == LinkOutcome.VOID) {
        return unchanged(LinkUse.VOID);
      }
      if (outcome != LinkOutcome.APPLIED) {
        return unchanged(new LinkUse(outcome, held));
      }
      return switch (decided(situation, addressee, request, held, decision)) {
        case Decision.Refused<RequestResult>(Refusal refusal) -> refused(refusal);
        case Decision.Accepted<RequestResult>(var changes, var effects, RequestResult result) ->
            accepted(changes, effects, new LinkUse(outcome, result.facts()));
      };
    }
  }

  /**
   * What came of using a link.
   *
   * @param facts of the request, afterwards; null for a void link, which tells nothing
   */
  public record LinkUse(LinkOutcome outcome, @Nullable RequestFacts facts) {
    static final LinkUse VOID = new LinkUse(LinkOutcome.VOID, null);
  }

  /**
   * What comes of using a link.
   *
   * @param held the request as of now; null: unknown
   * @param addressing which of the mails about the request had the link
   */
  public static LinkOutcome outcome(OrgGraph graph, @Nullable RequestFacts held, int addressing) {
    if (held == null || held.addressing() != addressing) {
      return LinkOutcome.VOID;
    }
    return switch (held.status()) {
      case CANCELLED -> LinkOutcome.VOID;
      case APPROVED, DECLINED -> LinkOutcome.ALREADY_DECIDED;
      case EXPIRED -> LinkOutcome.EXPIRED;
      case PENDING ->
          mayManage(graph, held.addressee(), held.dashboard())
              ? LinkOutcome.APPLIED
              : LinkOutcome.VOID;
    };
  }

  /**
   * What a request is at an instant, whether or not what time brought about is written yet: step by
   * step, as it will be written.
   *
   * @param graph with the facts of that instant
   * @param written through when it is written
   */
  public static RequestFacts asOf(OrgGraph graph, RequestFacts held, Instant written, Instant now) {
    RequestFacts request = held;
    OrgGraph then = graph.atTime(written);
    while (request.isPending()) {
      Instant next = nextToLookAt(then, request);
      if (next.isAfter(now)) {
        return request;
      }
      then = then.through(next);
      request = FollowUps.followed(then, request, next);
    }
    return request;
  }

  /** When time alone next changes what a request depends on. */
  private static Instant nextToLookAt(OrgGraph graph, RequestFacts request) {
    int dashboard = graph.dashboardOrdinal(request.dashboard().value());
    long next = Instants.micros(request.end());
    for (UserId user : List.of(request.requester(), request.addressee())) {
      int person = graph.personOrdinal(user.value());
      next = Math.min(next, AccessRules.validUntil(graph, person, dashboard));
    }
    return Instants.ofMicros(next);
  }

  /** From when on somebody may ask again who was declined; null: they may by now. */
  public static @Nullable Instant askAgainAt(@Nullable Instant lastDeclined, Instant now) {
    Instant from = lastDeclined == null ? null : lastDeclined.plus(WAIT_AFTER_DECLINE);
    return from != null && now.isBefore(from) ? from : null;
  }

  /** Whether somebody was approved who is not told before the dashboard is published. */
  public static boolean isApproved(Map<UserId, WaitingMail> waiting, UserId user) {
    WaitingMail mail = waiting.get(user);
    return mail != null && mail.kind() == WaitingMail.Kind.APPROVED;
  }

  public static boolean canView(OrgGraph graph, UserId user, DashboardId dashboard) {
    return AccessRules.allowsView(AccessRules.decide(graph, user, dashboard));
  }

  public static boolean mayManage(OrgGraph graph, UserId user, DashboardId dashboard) {
    int decision = AccessRules.decide(graph, user, dashboard);
    return Action.MANAGE_ACCESS.allowedBy(
        AccessRules.level(decision), AccessRules.because(decision));
  }

  /** Stage 3, for somebody who need not be able to view it. */
  public static @Nullable Refusal dashboardIsThere(
      OrgGraph graph, UserId user, DashboardId dashboard) {
    return graph.facts().dashboard(dashboard) != null ? null : Stages.noDashboard(user, dashboard);
  }

  /** Stage 3: the same for a request that there is not and for one of which nothing is said. */
  public static Refusal noRequest(RequestId request) {
    return Refusal.of(
        Reason.REQUEST_NOT_FOUND,
        "There is no request " + request + " to be seen here.",
        "request",
        request.value());
  }

  /** What giving somebody this entry by hand does to a request of theirs that is pending. */
  static List<Change> approvedByHand(
      OrgGraph graph, DashboardId dashboard, UserId user, Level level, UserId by, Instant now) {
    RequestId pending =
        level.atLeast(Level.VIEWER) ? graph.facts().pendingRequest(dashboard, user) : null;
    RequestFacts held = pending == null ? null : graph.facts().pendingRequests().get(pending);
    return pending == null || held == null
        ? List.of()
        : List.of(new RequestChanged(pending, held, held.approved(by, now, level)));
  }

  private static Decision<RequestResult> decided(
      Situation situation, UserId by, RequestId request, RequestFacts held, LinkDecision decision) {
    OrgGraph graph = situation.graph();
    List<Change> changes = new ArrayList<>();
    Level asked = decision.level();
    RequestFacts after;
    if (asked == null) {
      after = held.declined(by, situation.now());
    } else {
      Level has = AccessRules.grantedLevel(graph, held.requester(), held.dashboard());
      Level given = has.max(asked);
      Entry before = graph.facts().entry(held.dashboard(), held.requester());
      Entry entry = new Entry(given, null);
      if (!entry.equals(before)) {
        changes.add(new EntryChanged(held.dashboard(), held.requester(), before, entry));
      }
      after = held.approved(by, situation.now(), given);
    }
    changes.add(new RequestChanged(request, held, after));
    return accepted(changes, new RequestResult(request, after, situation.facts().reason(request)));
  }

  private static @Nullable Refusal cannotView(OrgGraph graph, UserId user, DashboardId dashboard) {
    return canView(graph, user, dashboard)
        ? Refusal.of(
            Reason.ALREADY_A_VIEWER,
            "%s can view dashboard %s already.".formatted(user, dashboard),
            "dashboard",
            dashboard.value())
        : null;
  }

  private static @Nullable Refusal isNotApproved(
      Map<UserId, WaitingMail> waiting, UserId user, DashboardId dashboard) {
    return isApproved(waiting, user)
        ? Refusal.of(
            Reason.WAITS_FOR_PUBLICATION,
            "%s was approved for dashboard %s and gets a mail when it is published."
                .formatted(user, dashboard),
            "dashboard",
            dashboard.value())
        : null;
  }

  private static @Nullable Refusal mayDecide(
      OrgGraph graph, Actor actor, RequestId request, @Nullable RequestFacts held) {
    return held == null || !canView(graph, actor.user(), held.dashboard())
        ? noRequest(request)
        : Stages.dashboard(graph, actor, held.dashboard(), Action.MANAGE_ACCESS);
  }

  /** Stage 6. Time that has passed is written by now, so PENDING is what it says. */
  private static @Nullable Refusal isPending(RequestId request, @Nullable RequestFacts held) {
    RequestStatus status = Objects.requireNonNull(held, "request").status();
    return status == RequestStatus.PENDING
        ? null
        : Refusal.of(
            Reason.REQUEST_NOT_PENDING,
            "Request %s is %s; only a pending one can be decided.".formatted(request, status),
            "request",
            request.value(),
            "status",
            status.name());
  }
}
