package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.sightline.RequestBook.Request;
import dev.sightline.RuleBook.Outcome;
import dev.sightline.TestService.Node;
import dev.sightline.graph.Seeds;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.Action;
import dev.sightline.v1.Actor;
import dev.sightline.v1.CancelRequestRequest;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.GetRequestAccessScreenRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListRequestsRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestStanding;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.UserStatus;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What becomes of access requests, and which mails are written, in every history, on random ones
 * against the rules. {@code -Dsightline.histories=1000} plays that many.
 */
class RandomAccessRequestsTest {
  private static final int HISTORIES = Integer.getInteger("sightline.histories", 6);
  private static final int REQUESTS = 300;
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
  private static final Set<MailKind> ABOUT_ACCESS =
      Set.of(
          MailKind.MAIL_KIND_SHARED,
          MailKind.MAIL_KIND_ACCESS_REQUESTED,
          MailKind.MAIL_KIND_APPROVED,
          MailKind.MAIL_KIND_DECLINED);

  @Test
  void requests_are_made_moved_decided_and_ended_and_people_told_as_the_rules_say() {
    var clock = new StoryClock(START);
    Map<RequestStatus, Integer> seen = new EnumMap<>(RequestStatus.class);
    try (TestService service = TestService.at(clock)) {
      Node node = service.node();
      Seeds.each(
          HISTORIES,
          seed ->
              new Play(seed, clock)
                  .play(service, node)
                  .forEach(request -> seen.merge(request.status, 1, Integer::sum)));
    }
    if (Long.getLong("sightline.seed") == null) {
      assertEquals(5, seen.size(), () -> "a kind of end that never came: " + seen);
    }
  }

  /** One history, in an organization of its own. */
  private static final class Play {
    private final StoryClock clock;
    private final RuleBook book;
    private final RequestBook requests;
    private final RandomRequests others;
    private final RandomAsking asking;
    private final List<String> told = new ArrayList<>();
    private long lastMail;

    Play(long seed, StoryClock clock) {
      this.clock = clock;
      clock.set(START);
      book = HistoryBeginning.book("asking-" + seed, START);
      book.dashboards.values().forEach(dashboard -> dashboard.companyDefault = Level.LEVEL_NONE);
      requests = new RequestBook(book);
      others = new RandomRequests(seed, book);
      asking = new RandomAsking(seed, requests, others);
    }

    List<Request> play(TestService service, Node node) {
      HistoryBeginning.bringIn(node, book);
      book.revision = 1;
      for (int i = 0; i < REQUESTS; i++) {
        requests.passTo(asking.next(book.now));
        clock.set(Instant.EPOCH.plusNanos(book.now * 1_000));
        Message request = asking.next();
        told.add(i + " at " + clock.now() + " " + text(request));
        if (take(node, request)) {
          assertMailsAlike(node);
          assertRequestsAlike(node);
          assertScreenAlike(node);
        }
      }
      settle(node);
      try (Node fresh = service.node()) {
        assertRequestsAlike(fresh);
      }
      var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain(book.id));
      assertEquals(book.revision, intact.revision(), "as many revisions as changes");
      return requests.requests;
    }

    private String story() {
      return "\n" + String.join("\n", told.subList(Math.max(0, told.size() - 40), told.size()));
    }

    private static String text(Message message) {
      return message.getClass().getSimpleName()
          + " {"
          + message.toString().strip().replaceAll("\\s+", " ")
          + "}";
    }

    /** Whether it was accepted: then all that time has brought about is written, too. */
    private boolean take(Node node, Message request) {
      Outcome outcome = requests.apply(request);
      Object answer = sent(node, request);
      assertEquals(describe(outcome), describe(answer), this::story);
      return outcome.refusal().isEmpty();
    }

    /** What nobody may do still has what is due written. */
    private void settle(Node node) {
      var _ =
          take(
              node,
              CancelRequestRequest.newBuilder()
                  .setOrganizationId(book.id)
                  .setActor(Actor.newBuilder().setUserId(book.heirOf("")))
                  .setRequestId("no-request")
                  .build());
      assertMailsAlike(node);
    }

    private Object sent(Node node, Message request) {
      AccessRequestServiceBlockingStub stub =
          AccessRequestServiceGrpc.newBlockingStub(node.channel);
      try {
        return switch (request) {
          case RequestAccessRequest r -> {
            var response = stub.requestAccess(r);
            named(response.getRequest());
            yield response.getWritten();
          }
          case DecideRequestRequest r -> stub.decideRequest(r).getWritten();
          case CancelRequestRequest r -> stub.cancelRequest(r).getWritten();
          default -> SentRequests.sent(node, request);
        };
      } catch (StatusRuntimeException refused) {
        return refused.getStatus().getCode() + " " + Refusals.reason(refused);
      }
    }

    /** The service makes ids; while a request is pending, asking again comes to the same. */
    private void named(AccessRequest made) {
      Request asked = requests.asked;
      if (asked != null && asked.id.isEmpty()) {
        asked.id = made.getId();
      }
      assertEquals(asked == null ? "" : asked.id, made.getId(), this::story);
    }

    private String describe(Outcome outcome) {
      return outcome.refusal().isEmpty()
          ? (outcome.changed() ? "changed" : "unchanged") + ", now at " + book.revision
          : comparable(outcome.refusal());
    }

    /** Of several things that no state could make valid, the rules do not say which is told. */
    private static String comparable(String refusal) {
      return refusal.startsWith("INVALID_ARGUMENT") ? "INVALID_ARGUMENT" : refusal;
    }

    private static String describe(Object outcome) {
      return outcome instanceof Written written
          ? (written.getChanged() ? "changed" : "unchanged") + ", now at " + written.getRevision()
          : comparable(outcome.toString());
    }

    // ---- what is there afterwards ---------------------------------------------------------------

    private void assertMailsAlike(Node node) {
      List<Mail> written =
          MailServiceGrpc.newBlockingStub(node.channel)
              .listMail(
                  ListMailRequest.newBuilder()
                      .setOrganizationId(book.id)
                      .setPageSize(1_000)
                      .build())
              .getMailsList();
      assertTrue(written.size() < 1_000, "all of them on one page");
      List<String> lines =
          written.stream()
              .filter(mail -> mail.getId() > lastMail && ABOUT_ACCESS.contains(mail.getKind()))
              .map(Play::line)
              .sorted()
              .toList();
      lastMail = written.isEmpty() ? lastMail : written.getLast().getId();
      assertEquals(requests.takeMails(), lines, this::story);
    }

    private static String line(Mail mail) {
      String level =
          mail.getLevel() == Level.LEVEL_UNSPECIFIED
              ? ""
              : " " + mail.getLevel().name().substring("LEVEL_".length());
      String requester = mail.getRequesterId().isEmpty() ? "" : " " + mail.getRequesterId();
      return mail.getKind().name().substring("MAIL_KIND_".length())
          + " "
          + mail.getRecipientId()
          + " "
          + mail.getDashboardId()
          + level
          + requester;
    }

    private void assertRequestsAlike(Node node) {
      Map<String, String> expected = new TreeMap<>();
      requests.requests.forEach(request -> expected.put(request.id, line(request)));
      assertEquals(expected, listed(node, null), this::story);
      String person = others.oneOf(List.copyOf(book.users.keySet()));
      if (book.users.get(person).status == UserStatus.USER_STATUS_ACTIVE) {
        Set<String> visible =
            requests.requests.stream()
                .filter(request ->
                    request.requester.equals(person)
                        || book.allowed(person, request.dashboard, Action.ACTION_MANAGE_ACCESS))
                .map(request -> request.id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(visible, listed(node, person).keySet(), () -> person + story());
      }
    }

    private Map<String, String> listed(Node node, String actor) {
      Map<String, String> found = new TreeMap<>();
      var request = ListRequestsRequest.newBuilder().setOrganizationId(book.id).setPageSize(1_000);
      if (actor != null) {
        request.setActor(Actor.newBuilder().setUserId(actor));
      }
      do {
        var page =
            AccessRequestServiceGrpc.newBlockingStub(node.channel).listRequests(request.build());
        page.getRequestsList().forEach(one -> found.put(one.getId(), line(one)));
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
      return found;
    }

    private static String line(Request request) {
      return String.join(
          " ",
          request.dashboard,
          request.requester,
          request.addressee,
          request.status.name(),
          request.reason,
          Long.toString(request.madeAt),
          Long.toString(request.end()),
          request.decidedBy,
          Long.toString(request.decidedAt),
          request.level.name());
    }

    private static String line(AccessRequest request) {
      return String.join(
          " ",
          request.getDashboardId(),
          request.getRequesterId(),
          request.getAddresseeId(),
          request.getStatus().name(),
          request.getReason(),
          Long.toString(request.getMadeAtMicros()),
          Long.toString(request.getEndsAtMicros()),
          request.getDecidedById(),
          Long.toString(request.getDecidedAtMicros()),
          request.getLevel().name());
    }

    private void assertScreenAlike(Node node) {
      String person = others.oneOf(List.copyOf(book.users.keySet()));
      String dashboard = others.oneOf(others.dashboardIds());
      if (book.users.get(person).status != UserStatus.USER_STATUS_ACTIVE
          || !book.dashboards.containsKey(dashboard)) {
        return;
      }
      var screen =
          AccessRequestServiceGrpc.newBlockingStub(node.channel)
              .getRequestAccessScreen(
                  GetRequestAccessScreenRequest.newBuilder()
                      .setOrganizationId(book.id)
                      .setActor(Actor.newBuilder().setUserId(person))
                      .setDashboardId(dashboard)
                      .build());
      assertEquals(
          standing(person, dashboard),
          screen.getStanding() + " " + screen.getUntilMicros() + " " + screen.getRequestId(),
          () -> person + " on " + dashboard + story());
    }

    private String standing(String person, String dashboard) {
      if (book.allowed(person, dashboard, Action.ACTION_VIEW)) {
        return RequestStanding.REQUEST_STANDING_CAN_VIEW + " 0 ";
      }
      if (requests.waitsForPublication(dashboard, person)) {
        return RequestStanding.REQUEST_STANDING_WAITS_FOR_PUBLICATION + " 0 ";
      }
      for (Request request : requests.requests) {
        if (request.isPending()
            && request.dashboard.equals(dashboard)
            && request.requester.equals(person)) {
          return RequestStanding.REQUEST_STANDING_HAS_ASKED
              + " "
              + request.end()
              + " "
              + request.id;
        }
      }
      long from = requests.askAgainAt(dashboard, person);
      return book.now < from
          ? RequestStanding.REQUEST_STANDING_MUST_WAIT + " " + from + " "
          : RequestStanding.REQUEST_STANDING_MAY_ASK + " 0 ";
    }
  }
}
