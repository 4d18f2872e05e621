package dev.sightline;

import com.google.protobuf.Message;
import dev.sightline.RuleBook.Dashboard;
import dev.sightline.RuleBook.Entry;
import dev.sightline.RuleBook.Outcome;
import dev.sightline.RuleBook.Subject;
import dev.sightline.v1.Action;
import dev.sightline.v1.Actor;
import dev.sightline.v1.CancelRequestRequest;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Access requests and the mails about access, read off the page of the rules line by line, around a
 * {@link RuleBook} for the rest. Slow, mutable, and without a thought shared with the service:
 * after every change and at every instant at which something ends, it looks at every pending
 * request.
 */
final class RequestBook {
  static final long WEEK = Duration.ofDays(7).toNanos() / 1_000;

  /** A request, whatever became of it. */
  static final class Request {
    /** Made by the service. */
    String id = "";

    String dashboard = "";
    String requester = "";
    String addressee = "";
    String reason = "";
    RequestStatus status = RequestStatus.REQUEST_STATUS_PENDING;
    long madeAt;
    String decidedBy = "";
    long decidedAt;
    Level level = Level.LEVEL_UNSPECIFIED;

    long end() {
      return madeAt + WEEK;
    }

    boolean isPending() {
      return status == RequestStatus.REQUEST_STATUS_PENDING;
    }
  }

  /** Somebody on a dashboard. */
  record Pair(String dashboard, String user) {}

  final RuleBook book;
  final List<Request> requests = new ArrayList<>();

  /** Who is told when a draft is published, and of what: {@code SHARED} or {@code APPROVED}. */
  private final Map<Pair, String> waiting = new HashMap<>();

  /** What was written since they were last taken: kind, to whom, dashboard, level or requester. */
  private final List<String> mails = new ArrayList<>();

  /** The request that asking came to; null: none. */
  Request asked;

  RequestBook(RuleBook book) {
    this.book = book;
  }

  List<String> takeMails() {
    List<String> taken = mails.stream().sorted().toList();
    mails.clear();
    return taken;
  }

  Request request(String id) {
    return requests.stream().filter(one -> one.id.equals(id)).findFirst().orElse(null);
  }

  private List<Request> pending() {
    return requests.stream().filter(Request::isPending).toList();
  }

  private Request pending(String dashboard, String requester) {
    return pending().stream()
        .filter(one -> one.dashboard.equals(dashboard) && one.requester.equals(requester))
        .findFirst()
        .orElse(null);
  }

  // ---- time -----------------------------------------------------------------------------------

  /** Time passes: all that ends at one instant is one step, and what follows is one revision. */
  void passTo(long now) {
    TreeSet<Long> instants = new TreeSet<>();
    pending().forEach(one -> instants.add(one.end()));
    for (Dashboard dashboard : book.dashboards.values()) {
      dashboard.entries.values().forEach(entry -> instants.add(entry.end()));
    }
    for (long instant : instants) {
      if (instant > book.now && instant <= now) {
        book.now = instant;
        if (followUp(new Before())) {
          book.revision++;
        }
      }
    }
    book.now = now;
  }

  // ---- what follows from anything -------------------------------------------------------------

  /** What requests look back to. */
  private final class Before {
    final Map<String, String> owners = new TreeMap<>();
    final Map<String, String> addresses = new TreeMap<>();
    final Map<Pair, Entry> entries = new HashMap<>();
    final Set<String> drafts = new HashSet<>();
    final List<Request> pending = pending();

    Before() {
      book.dashboards.forEach((id, dashboard) -> {
        owners.put(id, dashboard.owner);
        if (dashboard.draft) {
          drafts.add(id);
        }
        dashboard.entries.forEach((subject, entry) -> {
          if (!subject.team()) {
            entries.put(new Pair(id, subject.id()), entry);
          }
        });
      });
      book.users.forEach((id, user) -> addresses.put(id, user.email));
    }
  }

  private boolean followUp(Before before) {
    boolean changed = false;
    for (Request request : pending()) {
      changed |= followUp(request, before);
    }
    return changed;
  }

  private boolean followUp(Request request, Before before) {
    Dashboard dashboard = book.dashboards.get(request.dashboard);
    RuleBook.User requester = book.users.get(request.requester);
    if (book.now >= request.end()) {
      request.status = RequestStatus.REQUEST_STATUS_EXPIRED;
      return true;
    }
    if (dashboard == null
        || requester.status != UserStatus.USER_STATUS_ACTIVE
        || book.allowed(request.requester, request.dashboard, Action.ACTION_MANAGE_ACCESS)) {
      request.status = RequestStatus.REQUEST_STATUS_CANCELLED;
      return true;
    }
    boolean hasNewOwner = !dashboard.owner.equals(before.owners.get(request.dashboard));
    boolean mayDecide =
        book.allowed(request.addressee, request.dashboard, Action.ACTION_MANAGE_ACCESS);
    String to = addressee(dashboard);
    boolean moves = (hasNewOwner || !mayDecide) && !to.equals(request.addressee);
    boolean hasNewAddress =
        !book.users
            .get(request.addressee)
            .email
            .equalsIgnoreCase(before.addresses.get(request.addressee));
    if (!before.pending.contains(request) || (!moves && !hasNewAddress)) {
      return false;
    }
    request.addressee = moves ? to : request.addressee;
    mails.add(accessRequested(request));
    return true;
  }

  /** The owner if ACTIVE, else the oldest admin. */
  private String addressee(Dashboard dashboard) {
    boolean active = book.users.get(dashboard.owner).status == UserStatus.USER_STATUS_ACTIVE;
    return active ? dashboard.owner : book.heirOf("");
  }

  private static String accessRequested(Request request) {
    return String.join(
        " ", "ACCESS_REQUESTED", request.addressee, request.dashboard, request.requester);
  }

  // ---- requests -------------------------------------------------------------------------------

  /** What becomes of a request of the contract, which is carried out if it is to be. */
  Outcome apply(Message request) {
    asked = null;
    Before before = new Before();
    return book.revised(() -> {
      boolean changed =
          switch (request) {
            case RequestAccessRequest r -> ask(r);
            case DecideRequestRequest r -> decide(r);
            case CancelRequestRequest r -> cancel(r);
            default -> other(request, before);
          };
      boolean followed = followUp(before);
      return changed || followed;
    });
  }

  private boolean ask(RequestAccessRequest r) {
    String user = r.getActor().getUserId();
    book.member(r.getOrganizationId(), r.getActor());
    Dashboard dashboard = book.dashboards.get(r.getDashboardId());
    RuleBook.refuseIf(dashboard == null, "NOT_FOUND DASHBOARD_NOT_FOUND");
    RuleBook.refuseIf(
        book.allowed(user, r.getDashboardId(), Action.ACTION_VIEW),
        "FAILED_PRECONDITION ALREADY_A_VIEWER");
    RuleBook.refuseIf(
        "APPROVED".equals(waiting.get(new Pair(r.getDashboardId(), user))),
        "FAILED_PRECONDITION WAITS_FOR_PUBLICATION");
    asked = pending(r.getDashboardId(), user);
    if (asked != null) {
      return false;
    }
    RuleBook.refuseIf(
        book.now < askAgainAt(r.getDashboardId(), user), "FAILED_PRECONDITION DECLINED_RECENTLY");
    asked = new Request();
    asked.dashboard = r.getDashboardId();
    asked.requester = user;
    asked.addressee = addressee(dashboard);
    asked.reason = r.getReason();
    asked.madeAt = book.now;
    requests.add(asked);
    mails.add(accessRequested(asked));
    return true;
  }

  /** From when on somebody may ask who was declined; 0: who never was. */
  long askAgainAt(String dashboard, String requester) {
    return requests.stream()
        .filter(one -> one.dashboard.equals(dashboard) && one.requester.equals(requester))
        .filter(one -> one.status == RequestStatus.REQUEST_STATUS_DECLINED)
        .mapToLong(one -> one.decidedAt + WEEK)
        .max()
        .orElse(0);
  }

  private boolean decide(DecideRequestRequest r) {
    RuleBook.refuseIf(
        r.getDecision() == RequestDecision.REQUEST_DECISION_UNSPECIFIED,
        "INVALID_ARGUMENT UNKNOWN_ENUM_VALUE");
    String actor = r.getActor().getUserId();
    book.member(r.getOrganizationId(), r.getActor());
    Request request = request(r.getRequestId());
    RuleBook.refuseIf(
        request == null || !book.allowed(actor, request.dashboard, Action.ACTION_VIEW),
        "NOT_FOUND REQUEST_NOT_FOUND");
    RuleBook.refuseIf(
        !book.allowed(actor, request.dashboard, Action.ACTION_MANAGE_ACCESS),
        "PERMISSION_DENIED ACTION_NOT_ALLOWED");
    RuleBook.refuseIf(!request.isPending(), "FAILED_PRECONDITION REQUEST_NOT_PENDING");
    Dashboard dashboard = book.dashboards.get(request.dashboard);
    if (r.getDecision() == RequestDecision.REQUEST_DECISION_DECLINE) {
      decided(request, actor, RequestStatus.REQUEST_STATUS_DECLINED, Level.LEVEL_UNSPECIFIED);
      mails.add(String.join(" ", "DECLINED", request.requester, request.dashboard));
      return true;
    }
    Level asksFor =
        r.getDecision() == RequestDecision.REQUEST_DECISION_APPROVE_EDITOR
            ? Level.LEVEL_EDITOR
            : Level.LEVEL_VIEWER;
    Level has = book.granted(request.requester, dashboard).level();
    Level given = has.compareTo(asksFor) > 0 ? has : asksFor;
    dashboard.entries.put(Subject.user(request.requester), new Entry(given, 0));
    decided(request, actor, RequestStatus.REQUEST_STATUS_APPROVED, given);
    tell("APPROVED", request.dashboard, request.requester);
    return true;
  }

  private void decided(Request request, String by, RequestStatus status, Level level) {
    request.status = status;
    request.decidedBy = by;
    request.decidedAt = book.now;
    request.level = level;
  }

  private boolean cancel(CancelRequestRequest r) {
    String actor = r.getActor().getUserId();
    book.member(r.getOrganizationId(), r.getActor());
    Request request = request(r.getRequestId());
    boolean own = request != null && request.requester.equals(actor);
    boolean decides =
        request != null && book.allowed(actor, request.dashboard, Action.ACTION_MANAGE_ACCESS);
    RuleBook.refuseIf(!own && !decides, "NOT_FOUND REQUEST_NOT_FOUND");
    RuleBook.refuseIf(!own, "PERMISSION_DENIED ACTION_NOT_ALLOWED");
    if (request.status == RequestStatus.REQUEST_STATUS_CANCELLED) {
      return false;
    }
    RuleBook.refuseIf(!request.isPending(), "FAILED_PRECONDITION REQUEST_NOT_PENDING");
    request.status = RequestStatus.REQUEST_STATUS_CANCELLED;
    return true;
  }

  // ---- everything else ------------------------------------------------------------------------

  /** A request that is not about requests, with what it does to them, and who is told. */
  private boolean other(Message request, Before before) {
    boolean changed = book.carryOut(request);
    Set<Pair> approved = new HashSet<>();
    switch (request) {
      case UpdateAccessRequest r -> {
        for (EntryToSet set : r.getSetList()) {
          if (set.hasUserId()) {
            approveByHand(
                r.getActor(), r.getDashboardId(), set.getUserId(), set.getLevel(), approved);
          }
        }
      }
      // One that leaves the entry as it is approves nothing.
      case ShareDashboardRequest r when changed ->
          approveByHand(
              r.getActor(), r.getDashboardId(), holder(r.getEmail()), r.getLevel(), approved);
      default -> {}
    }
    notify(actor(request), before, approved);
    return changed || !approved.isEmpty();
  }

  private String holder(String email) {
    return book.users.entrySet().stream()
        .filter(user -> user.getValue().status != UserStatus.USER_STATUS_DELETED)
        .filter(user -> user.getValue().email.equalsIgnoreCase(email))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static String actor(Message request) {
    var field = request.getDescriptorForType().findFieldByName("actor");
    return ((Actor) request.getField(field)).getUserId();
  }

  private void approveByHand(
      Actor actor, String dashboard, String user, Level level, Set<Pair> approved) {
    Request request = pending(dashboard, user);
    if (request != null && level.compareTo(Level.LEVEL_VIEWER) >= 0) {
      decided(request, actor.getUserId(), RequestStatus.REQUEST_STATUS_APPROVED, level);
      tell("APPROVED", dashboard, user);
      approved.add(new Pair(dashboard, user));
    }
  }

  private void notify(String by, Before before, Set<Pair> approved) {
    waiting.keySet().removeIf(pair -> !book.dashboards.containsKey(pair.dashboard));
    book.dashboards.forEach((id, dashboard) -> {
      if (!dashboard.owner.equals(before.owners.get(id))) {
        waiting.remove(new Pair(id, dashboard.owner));
      }
      for (String user : book.users.keySet()) {
        Pair pair = new Pair(id, user);
        Entry held = before.entries.get(pair);
        Entry now = dashboard.entries.get(Subject.user(user));
        // One whose end has passed is as good as none, so taking it away is nothing.
        boolean same = Objects.equals(held, now) || (now == null && !book.counts(held));
        if (!same && !letsIn(now)) {
          waiting.remove(pair);
        } else if (!same
            && !letsIn(held)
            && !user.equals(by)
            && !user.equals(before.owners.get(id))
            && !approved.contains(pair)) {
          tell("SHARED", id, user);
        }
      }
      if (before.drafts.contains(id) && !dashboard.draft) {
        publish(id);
      }
    });
  }

  private boolean letsIn(Entry entry) {
    return entry != null && book.counts(entry) && entry.level().compareTo(Level.LEVEL_VIEWER) >= 0;
  }

  private void tell(String kind, String dashboard, String user) {
    if (book.dashboards.get(dashboard).draft) {
      waiting.put(new Pair(dashboard, user), kind);
    } else {
      send(kind, dashboard, user);
    }
  }

  private void publish(String dashboard) {
    waiting.entrySet().stream()
        .filter(one -> one.getKey().dashboard.equals(dashboard))
        .sorted(Comparator.comparing(one -> one.getKey().user))
        .forEach(one -> send(one.getValue(), dashboard, one.getKey().user));
    waiting.keySet().removeIf(pair -> pair.dashboard.equals(dashboard));
  }

  private void send(String kind, String dashboard, String user) {
    RuleBook.User to = book.users.get(user);
    boolean reads =
        to.status == UserStatus.USER_STATUS_ACTIVE || to.status == UserStatus.USER_STATUS_INVITED;
    Level level =
        to.role == Role.ROLE_ADMIN
            ? Level.LEVEL_EDITOR
            : book.granted(user, book.dashboards.get(dashboard)).level();
    if (reads && level.compareTo(Level.LEVEL_VIEWER) >= 0) {
      mails.add(String.join(" ", kind, user, dashboard, level.name().substring("LEVEL_".length())));
    }
  }

  /** Whether somebody is told that they were approved when a draft is published. */
  boolean waitsForPublication(String dashboard, String user) {
    return "APPROVED".equals(waiting.get(new Pair(dashboard, user)));
  }
}
