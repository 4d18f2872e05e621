package dev.sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.change.Change;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.history.Call.Asked;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody may edit by an entry until {@link #FIRST}, may then only view by a team's until {@link
 * #SECOND}, and may edit again as everybody may: two ends of one revision, with access on both
 * sides. The database's clock and the machine's show the same.
 */
class HonouredTest {
  private static final UserId OWNER = new UserId(Ids.user(0));
  private static final UserId USER = new UserId(Ids.user(1));
  private static final TeamId TEAM = new TeamId(Ids.team(0));
  private static final DashboardId DASHBOARD = new DashboardId(Ids.dashboard(0));
  private static final DashboardFacts FACTS =
      new DashboardFacts("D", OWNER, Level.EDITOR, false, null);

  private static final long BEGIN = 1_000_000_000;
  private static final long FIRST = BEGIN + 1_000_000;
  private static final long SECOND = BEGIN + 1_300_000;
  private static final long NOW = BEGIN + 1_800_000;
  private static final long BOUND = 500_000;

  private static final long MAY_EDIT = Question.of(1, 0, 1, true);

  private final Branch branch = new Branch();
  private final DatabaseTime clock = new DatabaseTime();

  @BeforeEach
  void tell() {
    clock.measured(nanos(NOW), nanos(NOW), NOW);
    UserFacts user = new UserFacts(Role.ANALYST, Status.ACTIVE, instant(0), null, false, false);
    append(
        BEGIN,
        new Change.OrganizationChanged(null, new OrganizationFacts("O", null)),
        new Change.UserChanged(OWNER, null, user),
        new Change.UserChanged(USER, null, user),
        new Change.TeamChanged(TEAM, null, new TeamFacts("T")),
        new Change.MembershipChanged(TEAM, USER, true),
        new Change.DashboardChanged(DASHBOARD, null, FACTS),
        new Change.EntryChanged(DASHBOARD, USER, null, new Entry(Level.EDITOR, instant(FIRST))),
        new Change.EntryChanged(DASHBOARD, TEAM, null, new Entry(Level.VIEWER, instant(SECOND))));
  }

  @Test
  void what_was_decided_before_it_ended_by_itself_is_revoked_at_its_end() {
    assertEquals(clock.nanosAtMost(FIRST), revoked(new Token(1, FIRST - 1, 0)));
  }

  @Test
  void what_was_decided_after_access_came_again_is_not_revoked() {
    assertEquals(Long.MAX_VALUE, revoked(new Token(1, SECOND, 0)));
  }

  @Test
  void what_a_later_revision_takes_away_is_revoked_when_it_is_known() {
    append(
        NOW, new Change.DashboardChanged(DASHBOARD, FACTS, FACTS.withCompanyDefault(Level.NONE)));
    branch.acknowledged.add(2, nanos(NOW) + 5);

    assertEquals(nanos(NOW) + 5, revoked(new Token(1, SECOND, 0)));
  }

  @Test
  void what_is_held_rests_on_no_end_that_had_passed_when_it_was_decided() {
    Token rests = restsOn(true, new Token(1, SECOND + 1, 0));

    assertEquals(new Token(1, SECOND + 1, 0), rests);
    assertEquals(Long.MAX_VALUE, revoked(rests));
  }

  @Test
  void what_is_held_rests_on_the_last_revision_at_which_it_is_right() {
    append(NOW - 100, new Change.TeamChanged(new TeamId(Ids.team(1)), null, new TeamFacts("S")));

    assertEquals(new Token(2, NOW - 100, 0), restsOn(true, new Token(1, SECOND, 0)));
  }

  @Test
  void what_a_server_said_rests_on_the_position_that_it_names() {
    Token named = new Token(1, SECOND, 0);

    assertEquals(named, restsOn(false, named));
  }

  private long revoked(Token position) {
    return Honoured.revoked(branch, clock, MAY_EDIT, position);
  }

  private Token restsOn(boolean held, Token position) {
    Call call =
        new Call(
            0,
            0,
            nanos(NOW),
            nanos(NOW),
            Asked.WITHIN_THE_BOUND,
            Token.NONE,
            Token.NONE,
            position,
            held,
            -1,
            new long[] {MAY_EDIT});
    Window window = new Window(branch, clock, call, nanos(NOW - BOUND), nanos(NOW), 0);
    return Honoured.restsOn(call, MAY_EDIT, window);
  }

  private void append(long micros, Change... changes) {
    long number = branch.last() + 1;
    LogHash head = new LogHash("%064x".formatted(number));
    branch.append(new Revision(new Position(number, head, instant(micros)), List.of(changes)));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  private static long nanos(long micros) {
    return micros * 1_000;
  }
}
