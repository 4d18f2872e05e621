package dev.sightline;

import com.google.protobuf.Message;
import dev.sightline.RequestBook.Request;
import dev.sightline.v1.Actor;
import dev.sightline.v1.CancelRequestRequest;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes requests about being let in, among all the others of {@link RandomRequests}: mostly by
 * people who cannot see what they ask for and about what waits, and always some that cannot be.
 */
final class RandomAsking {
  private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

  private final Random random;
  private final RequestBook requests;
  private final RuleBook book;
  private final RandomRequests others;
  private int reasons;

  RandomAsking(long seed, RequestBook requests, RandomRequests others) {
    this.random = new Random(~seed);
    this.requests = requests;
    this.book = requests.book;
    this.others = others;
  }

  /** When the next request comes: at once, a little later, or where something is about to end. */
  long next(long now) {
    if (random.nextInt(12) > 0) {
      return now + others.pause();
    }
    List<Long> instants = new ArrayList<>();
    for (Request request : requests.requests) {
      instants.add(request.end());
      instants.add(request.decidedAt + RequestBook.WEEK);
    }
    instants.removeIf(instant -> instant <= now || instant > now + 2 * RequestBook.WEEK);
    return instants.isEmpty() || random.nextInt(3) == 0
        ? now + random.nextInt(9) * DAY
        : Math.max(now, oneOf(instants) - random.nextInt(2));
  }

  Message next() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> ask();
      case 3 -> decide();
      case 4 -> random.nextInt(3) == 0 ? cancel() : byHand();
      case 5 -> random.nextInt(3) == 0 ? decide() : shutOut();
      default -> others.next();
    };
  }

  private Message ask() {
    String dashboard = others.oneOf(others.dashboardIds());
    List<String> outside =
        book.users.keySet().stream()
            .filter(user -> book.users.get(user).status == UserStatus.USER_STATUS_ACTIVE)
            .filter(user -> !book.allowed(user, dashboard, dev.sightline.v1.Action.ACTION_VIEW))
            .toList();
    boolean anybody = outside.isEmpty() || random.nextInt(8) == 0;
    return RequestAccessRequest.newBuilder()
        .setOrganizationId(book.id)
        .setActor(actor(anybody ? oneOf(List.copyOf(book.users.keySet())) : oneOf(outside)))
        .setDashboardId(dashboard)
        .setReason(random.nextBoolean() ? "" : "Reason " + ++reasons)
        .build();
  }

  private Message decide() {
    Request request = request();
    return DecideRequestRequest.newBuilder()
        .setOrganizationId(book.id)
        .setActor(decider(request))
        .setRequestId(request == null ? "no-request" : request.id)
        .setDecision(
            switch (random.nextInt(20)) {
              case 0 -> RequestDecision.REQUEST_DECISION_UNSPECIFIED;
              case 1, 2, 3, 4, 5, 6, 7 -> RequestDecision.REQUEST_DECISION_DECLINE;
              case 8, 9, 10, 11 -> RequestDecision.REQUEST_DECISION_APPROVE_EDITOR;
              default -> RequestDecision.REQUEST_DECISION_APPROVE_VIEWER;
            })
        .build();
  }

  private Message cancel() {
    Request request = request();
    boolean own = request != null && random.nextInt(4) > 0;
    return CancelRequestRequest.newBuilder()
        .setOrganizationId(book.id)
        .setActor(own ? actor(request.requester) : decider(request))
        .setRequestId(request == null ? "no-request" : request.id)
        .build();
  }

  /** Gives somebody who waits an entry, of any level, perhaps the one that is there. */
  private Message byHand() {
    Request request = request();
    if (request == null) {
      return others.next();
    }
    Level[] levels = {Level.LEVEL_NONE, Level.LEVEL_VIEWER, Level.LEVEL_EDITOR};
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId(book.id)
        .setActor(decider(request))
        .setDashboardId(request.dashboard)
        .addSet(
            EntryToSet.newBuilder()
                .setUserId(request.requester)
                .setLevel(levels[random.nextInt(levels.length)]))
        .build();
  }

  /** Closes a dashboard, so that there is something to ask for. */
  private Message shutOut() {
    String dashboard = others.oneOf(others.dashboardIds());
    RuleBook.Dashboard held = book.dashboards.get(dashboard);
    return held == null
        ? others.next()
        : UpdateAccessRequest.newBuilder()
            .setOrganizationId(book.id)
            .setActor(actor(held.owner))
            .setDashboardId(dashboard)
            .setCompanyDefault(Level.LEVEL_NONE)
            .build();
  }

  /** Mostly one that waits. */
  private Request request() {
    List<Request> pending = requests.requests.stream().filter(Request::isPending).toList();
    if (random.nextInt(15) == 0 || requests.requests.isEmpty()) {
      return null;
    }
    return pending.isEmpty() || random.nextInt(6) == 0 ? oneOf(requests.requests) : oneOf(pending);
  }

  /** Whom it is addressed to, or anybody. */
  private Actor decider(Request request) {
    return request != null && random.nextInt(3) > 0
        ? actor(request.addressee)
        : actor(oneOf(List.copyOf(book.users.keySet())));
  }

  private static Actor actor(String user) {
    return Actor.newBuilder().setUserId(user).build();
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
