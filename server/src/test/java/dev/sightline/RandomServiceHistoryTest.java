package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.sightline.RuleBook.Entry;
import dev.sightline.RuleBook.Outcome;
import dev.sightline.RuleBook.Subject;
import dev.sightline.RuleBook.Verdict;
import dev.sightline.TestService.Node;
import dev.sightline.graph.Seeds;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Action;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AudienceMember;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.Because;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.Pill;
import dev.sightline.v1.Team;
import dev.sightline.v1.User;
import dev.sightline.v1.UserStatus;
import dev.sightline.v1.VisibleDashboard;
import dev.sightline.v1.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What holds for every history of requests that the service is given, on random ones against the
 * rules. {@code -Dsightline.histories=1000} plays that many.
 */
class RandomServiceHistoryTest {
  private static final int HISTORIES = Integer.getInteger("sightline.histories", 6);
  private static final int REQUESTS = 200;
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
  private static final List<Action> ACTIONS =
      List.of(Action.values()).subList(1, Action.values().length - 1);

  @Test
  void every_request_is_refused_or_done_and_every_answer_is_given_as_the_rules_say() {
    var clock = new StoryClock(START);
    try (TestService service = TestService.at(clock)) {
      Node node = service.node();
      Seeds.each(HISTORIES, seed -> new Play(seed, clock).play(service, node));
    }
  }

  /** One history, in an organization of its own. */
  private static final class Play {
    private final StoryClock clock;
    private final RuleBook book;
    private final RandomRequests requests;
    private final List<String> told = new ArrayList<>();

    Play(long seed, StoryClock clock) {
      this.clock = clock;
      clock.set(START);
      book = HistoryBeginning.book("org-" + seed, START);
      requests = new RandomRequests(seed, book);
    }

    void play(TestService service, Node node) {
      HistoryBeginning.bringIn(node, book);
      book.revision = 1;
      for (int i = 0; i < REQUESTS; i++) {
        book.now += requests.pause();
        clock.set(Instant.EPOCH.plusNanos(book.now * 1_000));
        Message request = requests.next();
        told.add(i + " " + request.getClass().getSimpleName() + " {" + text(request) + "}");
        assertEquals(
            describe(book.apply(request)), describe(SentRequests.sent(node, request)), this::story);
        if (i % 10 == 9) {
          assertAnswersAlike(node);
        }
      }
      assertDirectoryAlike(node);
      try (Node fresh = service.node()) {
        assertAnswersAlike(fresh);
        assertDirectoryAlike(fresh);
      }
      var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain(book.id));
      assertEquals(book.revision, intact.revision(), "as many revisions as changes");
    }

    private String story() {
      return "\n" + String.join("\n", told.subList(Math.max(0, told.size() - 25), told.size()));
    }

    private static String text(Message message) {
      return message.toString().strip().replaceAll("\\s+", " ");
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

    // ---- answers ----------------------------------------------------------------------------

    private List<String> people() {
      List<String> people = new ArrayList<>(book.users.keySet());
      people.add("nobody");
      return people;
    }

    private void assertAnswersAlike(Node node) {
      assertChecksAlike(node);
      for (int i = 0; i < 6; i++) {
        assertExplainedAlike(
            node, requests.oneOf(people()), requests.oneOf(requests.dashboardIds()));
      }
      for (int i = 0; i < 3; i++) {
        assertListsAlike(node, requests.oneOf(people()));
        assertAudienceAlike(node, requests.oneOf(requests.dashboardIds()));
      }
      if (!book.dashboards.isEmpty()) {
        assertPanelAlike(node, requests.oneOf(List.copyOf(book.dashboards.keySet())));
      }
    }

    private void assertChecksAlike(Node node) {
      BatchCheckRequest.Builder batch = BatchCheckRequest.newBuilder().setOrganizationId(book.id);
      List<String> expected = new ArrayList<>();
      for (String person : people()) {
        for (String dashboard : requests.dashboardIds()) {
          Action action = requests.oneOf(ACTIONS);
          batch.addItems(
              CheckItem.newBuilder().setUserId(person).setDashboardId(dashboard).setAction(action));
          expected.add(
              person
                  + " "
                  + dashboard
                  + " "
                  + book.verdict(person, dashboard).level()
                  + " "
                  + action
                  + " "
                  + book.allowed(person, dashboard, action));
        }
      }
      List<CheckResult> results = node.access.batchCheck(batch.build()).getResultsList();
      List<String> actual = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        CheckItem item = batch.getItems(i);
        actual.add(
            item.getUserId()
                + " "
                + item.getDashboardId()
                + " "
                + results.get(i).getLevel()
                + " "
                + item.getAction()
                + " "
                + results.get(i).getAllowed());
      }
      assertEquals(String.join("\n", expected), String.join("\n", actual), this::story);
      StreamChecksTest.assertAnsweredAlike(node, book.id, batch.getItemsList(), results);
    }

    private void assertExplainedAlike(Node node, String person, String dashboard) {
      ExplainResponse explained =
          node.access.explain(
              ExplainRequest.newBuilder()
                  .setOrganizationId(book.id)
                  .setUserId(person)
                  .setDashboardId(dashboard)
                  .build());
      Verdict verdict = book.verdict(person, dashboard);
      String pair = person + " on " + dashboard;
      assertEquals(
          verdict, new Verdict(explained.getLevel(), explained.getBecause()), () -> pair + story());
      assertEquals(verdict.because().getNumber(), explained.getRule(), pair);
      assertEquals(
          ACTIONS.stream().filter(action -> book.allowed(person, dashboard, action)).toList(),
          explained.getAllowedActionsList(),
          pair);
      if (verdict.because() == Because.BECAUSE_USER_ENTRY) {
        Entry entry = book.dashboards.get(dashboard).entries.get(Subject.user(person));
        assertEquals(entry.end(), explained.getEndsAtMicros(), pair);
      }
      if (verdict.because() == Because.BECAUSE_TEAM_ENTRY) {
        String team = explained.getTeamId();
        Entry entry = book.dashboards.get(dashboard).entries.get(Subject.team(team));
        assertTrue(book.teamsOf(Subject.user(person)).contains(team), pair);
        assertTrue(book.counts(entry) && entry.level() == verdict.level(), pair);
        assertLeadsTo(person, explained.getTeamPathList(), team);
      }
    }

    private void assertLeadsTo(String person, List<String> path, String team) {
      Subject inner = Subject.user(person);
      for (String outer : path) {
        assertTrue(book.teams.get(outer).contains(inner), () -> person + " by " + path);
        inner = Subject.team(outer);
      }
      assertEquals(team, inner.id());
    }

    private void assertListsAlike(Node node, String person) {
      for (ListPurpose purpose :
          List.of(ListPurpose.LIST_PURPOSE_SIDEBAR, ListPurpose.LIST_PURPOSE_DIGEST)) {
        Map<String, String> expected = new TreeMap<>();
        book.dashboards.forEach((id, dashboard) -> {
          boolean left = purpose == ListPurpose.LIST_PURPOSE_DIGEST && dashboard.draft;
          if (!left && book.allowed(person, id, Action.ACTION_VIEW)) {
            Set<Pill> pills = new TreeSet<>();
            if (book.seesPills(person, id) && dashboard.draft) {
              pills.add(Pill.PILL_DRAFT);
            }
            if (book.seesPills(person, id) && dashboard.companyDefault == Level.LEVEL_NONE) {
              pills.add(Pill.PILL_PRIVATE);
            }
            expected.put(id, dashboard.name + " " + book.verdict(person, id).level() + " " + pills);
          }
        });
        var request =
            ListVisibleDashboardsRequest.newBuilder()
                .setOrganizationId(book.id)
                .setUserId(person)
                .setPurpose(purpose)
                .setFields(
                    ListFields.newBuilder().setLevel(true).setName(true).setPills(true).build())
                .setPageSize(5);
        Map<String, String> actual = new TreeMap<>();
        do {
          var page = node.access.listVisibleDashboards(request.build());
          for (VisibleDashboard dashboard : page.getDashboardsList()) {
            String facts =
                dashboard.getName()
                    + " "
                    + dashboard.getLevel()
                    + " "
                    + new TreeSet<>(dashboard.getPillsList());
            assertEquals(null, actual.put(dashboard.getDashboardId(), facts), "listed twice");
          }
          request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        assertEquals(expected, actual, () -> person + " " + purpose + story());
      }
    }

    private void assertAudienceAlike(Node node, String dashboard) {
      Map<String, Verdict> expected = new TreeMap<>();
      for (String person : book.users.keySet()) {
        if (book.allowed(person, dashboard, Action.ACTION_VIEW)) {
          expected.put(person, book.verdict(person, dashboard));
        }
      }
      Map<String, Verdict> actual = new TreeMap<>();
      var request =
          ListAudienceRequest.newBuilder()
              .setOrganizationId(book.id)
              .setDashboardId(dashboard)
              .setPageSize(4);
      do {
        var page = node.access.listAudience(request.build());
        for (AudienceMember member : page.getMembersList()) {
          actual.put(member.getUserId(), new Verdict(member.getLevel(), member.getBecause()));
        }
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
      assertEquals(expected, actual, () -> dashboard + story());
    }

    private void assertPanelAlike(Node node, String dashboard) {
      String owner = book.dashboards.get(dashboard).owner;
      if (book.users.get(owner).status != UserStatus.USER_STATUS_ACTIVE) {
        return;
      }
      var panel =
          node.dashboards.getAccess(
              GetAccessRequest.newBuilder()
                  .setOrganizationId(book.id)
                  .setActor(Actor.newBuilder().setUserId(owner))
                  .setDashboardId(dashboard)
                  .build());
      RuleBook.Dashboard facts = book.dashboards.get(dashboard);
      List<String> expected = new ArrayList<>();
      facts.entries.forEach((subject, entry) -> {
        if (book.counts(entry)) {
          expected.add(subject + " " + entry);
        }
      });
      List<String> actual =
          panel.getEntriesList().stream()
              .map(entry -> subject(entry) + " " + entry(entry))
              .toList();
      assertEquals(expected, actual, () -> dashboard + story());
      assertEquals(facts.companyDefault, panel.getDashboard().getCompanyDefault());
      assertEquals(facts.draft, panel.getDashboard().getDraft());
      assertEquals(facts.name, panel.getDashboard().getName());
      assertEquals(facts.workspace, panel.getDashboard().getWorkspaceId());
    }

    private static Subject subject(AccessEntry entry) {
      return entry.hasTeamId() ? Subject.team(entry.getTeamId()) : Subject.user(entry.getUserId());
    }

    private static Entry entry(AccessEntry entry) {
      return new Entry(entry.getLevel(), entry.getEndsAtMicros());
    }

    private void assertDirectoryAlike(Node node) {
      Map<String, String> expected = new TreeMap<>();
      book.users.forEach((id, user) -> expected.put(id, line(user)));
      Map<String, String> actual = new TreeMap<>();
      for (User user :
          node.directory
              .listUsers(
                  ListUsersRequest.newBuilder()
                      .setOrganizationId(book.id)
                      .setIncludeDeleted(true)
                      .setPageSize(1_000)
                      .build())
              .getUsersList()) {
        actual.put(user.getId(), line(user));
      }
      assertEquals(expected, actual);
      Map<String, Set<Subject>> teams = new TreeMap<>();
      for (Team team :
          node.directory
              .listTeams(
                  ListTeamsRequest.newBuilder()
                      .setOrganizationId(book.id)
                      .setPageSize(1_000)
                      .build())
              .getTeamsList()) {
        Set<Subject> members = new java.util.LinkedHashSet<>();
        team.getUserIdsList().forEach(user -> members.add(Subject.user(user)));
        team.getTeamIdsList().forEach(inner -> members.add(Subject.team(inner)));
        teams.put(team.getId(), members);
        assertEquals(book.teamNames.get(team.getId()), team.getName());
      }
      assertEquals(book.teams, teams);
    }

    private static String line(RuleBook.User user) {
      boolean deleted = user.status == UserStatus.USER_STATUS_DELETED;
      return deleted
          ? user.status.name()
          : String.join(
              " ",
              user.name,
              user.email,
              user.title,
              user.role.name(),
              user.status.name(),
              Long.toString(user.created),
              Long.toString(user.adminSince));
    }

    private static String line(User user) {
      boolean deleted = user.getStatus() == UserStatus.USER_STATUS_DELETED;
      return deleted
          ? user.getStatus().name()
          : String.join(
              " ",
              user.getName(),
              user.getEmail(),
              user.getTitle(),
              user.getRole().name(),
              user.getStatus().name(),
              Long.toString(user.getCreatedAtMicros()),
              Long.toString(user.getAdminSinceMicros()));
    }
  }
}
