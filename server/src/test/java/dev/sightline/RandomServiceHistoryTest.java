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
import dev.sightline.TestService.StoryClock;
import dev.sightline.graph.Seeds;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Action;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.AudienceMember;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.Because;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.ListTeamsRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Pill;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.Team;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.User;
import dev.sightline.v1.UserStatus;
import dev.sightline.v1.VisibleDashboard;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;
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
      book = new RuleBook("org-" + seed, micros(START));
      people(book);
      requests = new RandomRequests(seed, book);
    }

    void play(TestService service, Node node) {
      bringIn(node);
      book.revision = 1;
      for (int i = 0; i < REQUESTS; i++) {
        book.now += requests.pause();
        clock.set(Instant.EPOCH.plusNanos(book.now * 1_000));
        Message request = requests.next();
        told.add(i + " " + request.getClass().getSimpleName() + " {" + text(request) + "}");
        assertEquals(describe(book.apply(request)), describe(sent(node, request)), this::story);
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

    // ---- the beginning ----------------------------------------------------------------------

    private static void people(RuleBook book) {
      Role[] roles = {Role.ROLE_ADMIN, Role.ROLE_MANAGER, Role.ROLE_ANALYST, Role.ROLE_ANALYST};
      for (int i = 0; i < 12; i++) {
        RuleBook.User user = new RuleBook.User();
        user.name = "Person " + i;
        user.email = "Person" + i + "@example.org";
        user.role = roles[i % 4];
        user.status =
            i == 5
                ? UserStatus.USER_STATUS_INVITED
                : i == 8 ? UserStatus.USER_STATUS_DISABLED : UserStatus.USER_STATUS_ACTIVE;
        user.created = micros(START) - 1_000_000L * (i / 2 + 1);
        user.adminSince = user.role == Role.ROLE_ADMIN ? user.created : 0;
        book.users.put("p" + i, user);
      }
      for (int i = 0; i < 4; i++) {
        book.addTeam("t" + i, "Team " + i);
        book.teams.get("t" + i).add(Subject.user("p" + (2 * i + 1)));
        book.teams.get("t" + i).add(Subject.user("p" + (2 * i + 2)));
      }
      book.teams.get("t0").add(Subject.team("t1"));
      for (int i = 0; i < 6; i++) {
        RuleBook.Dashboard dashboard = new RuleBook.Dashboard();
        dashboard.name = "Dashboard " + i;
        dashboard.owner = "p" + i;
        dashboard.draft = i == 3;
        book.addDashboard("b" + i, dashboard);
      }
    }

    private void bringIn(Node node) {
      ImportRequest.Builder records =
          ImportRequest.newBuilder()
              .addRecords(
                  TransferRecord.newBuilder()
                      .setHeader(
                          TransferHeader.newBuilder().setOrganizationId(book.id).setName("Org")));
      book.users.forEach((id, user) ->
          records.addRecords(
              TransferRecord.newBuilder()
                  .setUser(
                      TransferUser.newBuilder()
                          .setId(id)
                          .setName(user.name)
                          .setEmail(user.email)
                          .setRole(user.role)
                          .setStatus(user.status)
                          .setCreatedAtMicros(user.created)
                          .setAdminSinceMicros(user.adminSince))));
      book.teamNames.forEach((id, name) ->
          records.addRecords(
              TransferRecord.newBuilder()
                  .setTeam(TransferTeam.newBuilder().setId(id).setName(name))));
      int memberships = 0;
      for (Map.Entry<String, Set<Subject>> team : book.teams.entrySet()) {
        for (Subject member : team.getValue()) {
          memberships++;
          var membership = TransferMembership.newBuilder().setTeamId(team.getKey());
          records.addRecords(
              TransferRecord.newBuilder()
                  .setMembership(
                      member.team()
                          ? membership.setMemberTeamId(member.id())
                          : membership.setUserId(member.id())));
        }
      }
      book.dashboards.forEach((id, dashboard) ->
          records.addRecords(
              TransferRecord.newBuilder()
                  .setDashboard(
                      TransferDashboard.newBuilder()
                          .setDashboard(
                              Dashboard.newBuilder()
                                  .setId(id)
                                  .setName(dashboard.name)
                                  .setOwnerId(dashboard.owner)
                                  .setDraft(dashboard.draft)))));
      records.addRecords(
          TransferRecord.newBuilder()
              .setEnd(
                  TransferEnd.newBuilder()
                      .setCounts(
                          OrganizationCounts.newBuilder()
                              .setUsers(book.users.size())
                              .setTeams(book.teams.size())
                              .setDashboards(book.dashboards.size())
                              .setMemberships(memberships))));
      Imports.send(node, List.of(records.build()));
    }

    // ---- one request ------------------------------------------------------------------------

    private static Object sent(Node node, Message request) {
      try {
        return written(node, request);
      } catch (StatusRuntimeException refused) {
        return refused.getStatus().getCode() + " " + Refusals.reason(refused);
      }
    }

    private static Written written(Node node, Message request) {
      return switch (request) {
        case CreateDashboardRequest r -> node.dashboards.createDashboard(r).getWritten();
        case RenameDashboardRequest r -> node.dashboards.renameDashboard(r).getWritten();
        case DeleteDashboardRequest r -> node.dashboards.deleteDashboard(r).getWritten();
        case DuplicateDashboardRequest r -> node.dashboards.duplicateDashboard(r).getWritten();
        case SetDraftRequest r -> node.dashboards.setDraft(r).getWritten();
        case MoveDashboardRequest r -> node.dashboards.moveDashboard(r).getWritten();
        case TransferOwnershipRequest r -> node.dashboards.transferOwnership(r).getWritten();
        case UpdateAccessRequest r -> node.dashboards.updateAccess(r).getWritten();
        case ShareDashboardRequest r -> node.dashboards.shareDashboard(r).getWritten();
        case AddUserRequest r -> node.directory.addUser(r).getWritten();
        case UpdateUserRequest r -> node.directory.updateUser(r).getWritten();
        case ChangeRoleRequest r -> node.directory.changeRole(r).getWritten();
        case DisableUserRequest r -> node.directory.disableUser(r).getWritten();
        case EnableUserRequest r -> node.directory.enableUser(r).getWritten();
        case DeleteUserRequest r -> node.directory.deleteUser(r).getWritten();
        case CreateTeamRequest r -> node.directory.createTeam(r).getWritten();
        case RenameTeamRequest r -> node.directory.renameTeam(r).getWritten();
        case DeleteTeamRequest r -> node.directory.deleteTeam(r).getWritten();
        case AddTeamMemberRequest r -> node.directory.addTeamMember(r).getWritten();
        case RemoveTeamMemberRequest r -> node.directory.removeTeamMember(r).getWritten();
        case CreateWorkspaceRequest r -> node.directory.createWorkspace(r).getWritten();
        default -> throw new IllegalArgumentException(request.getClass().getName());
      };
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

    private static long micros(Instant instant) {
      return instant.getEpochSecond() * 1_000_000;
    }
  }
}
