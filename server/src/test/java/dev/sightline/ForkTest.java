package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Written;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A failover has lost the end of a log, and another end was written in its place. */
class ForkTest {
  private static final Duration BOUND = Duration.ofSeconds(4);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
  private static final String ORGANIZATION = "org";

  private static final String KEEP =
      """
      CREATE TABLE kept_organization AS SELECT * FROM organization;
      CREATE TABLE kept_user_entry AS SELECT * FROM user_entry;
      """;

  /** One statement to the server, so one transaction. */
  private static final String PUT_BACK =
      """
      DELETE FROM log_record WHERE revision > (SELECT revision FROM kept_organization);
      DELETE FROM log_subject WHERE revision > (SELECT revision FROM kept_organization);
      DELETE FROM user_entry;
      INSERT INTO user_entry SELECT * FROM kept_user_entry;
      DELETE FROM organization;
      INSERT INTO organization SELECT * FROM kept_organization;
      """;

  private TestService service;
  private Node writer;
  private Node reader;
  private Written lost;

  /** Both nodes know the end that is lost: it lets bo see the dashboard. */
  @BeforeEach
  void writeWhatGetsLost() throws SQLException {
    service = TestService.start(BOUND);
    writer = service.node();
    reader = service.node();
    Orgs.create(writer, ORGANIZATION, "ada");
    Orgs.add(writer, ORGANIZATION, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(writer, ORGANIZATION, "ada", "d", Level.LEVEL_NONE);
    execute(KEEP);
    lost =
        writer
            .dashboards
            .updateAccess(Orgs.give(ORGANIZATION, "ada", "d", "bo", Level.LEVEL_VIEWER))
            .getWritten();
    assertTrue(boSees(writer, Orgs.atLeast(lost.getPosition())));
    assertTrue(boSees(reader, Orgs.atLeast(lost.getPosition())));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void execute(String sql) throws SQLException {
    DatabaseSettings settings = service.settings();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean boSees(Node node, Consistency consistency) {
    return Orgs.view(node, ORGANIZATION, "bo", "d", consistency).getAllowed();
  }

  private Written rename(String name) {
    return writer
        .dashboards
        .renameDashboard(
            RenameDashboardRequest.newBuilder()
                .setOrganizationId(ORGANIZATION)
                .setActor(Orgs.actor("ada"))
                .setDashboardId("d")
                .setName(name)
                .build())
        .getWritten();
  }

  @Test
  void what_was_lost_is_no_longer_answered_once_the_bound_is_over() throws SQLException {
    execute(PUT_BACK);
    long putBack = System.nanoTime();
    Written instead = rename("Another end");
    assertEquals(lost.getRevision(), instead.getRevision(), "it looks as far on as what was lost");
    assertNotEquals(lost.getPosition(), instead.getPosition());
    assertLostWithinTheBound(putBack);
    assertFalse(boSees(writer, Consistency.getDefaultInstance()));
    assertIntact(instead);
  }

  @Test
  void who_asks_for_what_is_true_now_does_not_get_what_was_lost() throws SQLException {
    execute(PUT_BACK);
    var _ = rename("Another end");
    Written instead = rename("And further");
    for (Node node : List.of(reader, writer)) {
      assertFalse(boSees(node, Orgs.FULLY_CONSISTENT));
      assertFalse(boSees(node, Orgs.atLeast(instead.getPosition())));
    }
  }

  @Test
  void who_asks_for_what_is_true_now_does_not_get_what_was_lost_with_nothing_in_its_place()
      throws SQLException {
    execute(PUT_BACK);
    for (Node node : List.of(reader, writer)) {
      assertFalse(boSees(node, Orgs.FULLY_CONSISTENT));
    }
  }

  @Test
  void a_position_that_was_lost_is_unknown() throws SQLException {
    execute(PUT_BACK);
    assertUnknown(lost.getPosition());
    var _ = rename("Another end");
    assertUnknown(lost.getPosition());
  }

  private void assertUnknown(ByteString position) {
    for (Node node : List.of(reader, writer)) {
      // Until it has looked, a node may answer from what was lost, for as long as the bound.
      assertFalse(boSees(node, Orgs.FULLY_CONSISTENT));
      assertRefused(
          FAILED_PRECONDITION, "POSITION_UNKNOWN", () -> boSees(node, Orgs.atLeast(position)));
    }
  }

  /** Whoever has seen more of the log that lasts still names what they were told of the other. */
  @Test
  void it_is_unknown_beside_one_that_is_known_too() throws SQLException {
    execute(PUT_BACK);
    Written instead = rename("Another end");
    Consistency both =
        Consistency.newBuilder()
            .setAtLeast(instead.getPosition())
            .setAlsoAtLeast(lost.getPosition())
            .build();
    Consistency current = both.toBuilder().setFullyConsistent(true).build();
    for (Node node : List.of(reader, writer)) {
      assertFalse(boSees(node, Orgs.FULLY_CONSISTENT));
      assertRefused(FAILED_PRECONDITION, "POSITION_UNKNOWN", () -> boSees(node, both));
      assertRefused(FAILED_PRECONDITION, "POSITION_UNKNOWN", () -> boSees(node, current));
      Consistency known = both.toBuilder().setAlsoAtLeast(instead.getPosition()).build();
      assertFalse(boSees(node, known));
    }
  }

  /** Asks all the time, so that what the reader holds is in use, until it must know better. */
  private void assertLostWithinTheBound(long putBack) {
    long begin;
    boolean answered;
    do {
      begin = System.nanoTime();
      answered = false;
      try {
        boolean late = begin - putBack > BOUND.toNanos();
        boolean sees = boSees(reader, Consistency.getDefaultInstance());
        assertFalse(sees && late, "an answer from the end that was lost");
        answered = late;
      } catch (StatusRuntimeException unproved) {
        assertEquals(Status.Code.UNAVAILABLE, unproved.getStatus().getCode(), unproved::toString);
      }
      assertTrue(begin - putBack < ANSWERS_WITHIN.toNanos(), "no answer any more");
    } while (!answered);
  }

  private void assertIntact(Written last) {
    var intact = assertInstanceOf(ChainCheck.Intact.class, service.chain(ORGANIZATION));
    assertEquals(last.getRevision(), intact.revision());
  }
}
