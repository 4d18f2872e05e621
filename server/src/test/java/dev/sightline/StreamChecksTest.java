package dev.sightline;

import static dev.sightline.CheckConversation.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.v1.Action;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CheckResponse;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import dev.sightline.v1.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What streamed checks answer. Random organizations are in {@link RandomServiceHistoryTest}. */
@Timeout(120)
class StreamChecksTest {
  private static final List<String> NO_IDS =
      List.of(" ", "a b", "ä", "a:b", "a\n", "x".repeat(129), "x".repeat(100_000), "support:");

  private static TestService service;
  private static Node node;
  private static Node other;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    other = service.node();
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_VIEWER);
    Orgs.create(node, "elsewhere", "cy");
    Orgs.dashboard(node, "elsewhere", "cy", "d", Level.LEVEL_NONE);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Asserts that a stream answers as a batch did, and as unary checks do. */
  static void assertAnsweredAlike(
      Node node, String organization, List<CheckItem> items, List<CheckResult> results) {
    List<StreamChecksRequest> questions = new ArrayList<>();
    for (CheckItem item : items) {
      int id = questions.size();
      questions.add(
          question(id, id == 0 ? organization : "", item.getUserId(), item.getDashboardId())
              .setAction(item.getAction())
              .build());
    }
    List<StreamChecksResponse> answers = CheckConversation.answers(node.channel, questions);
    assertEquals(items.size(), answers.size());
    for (int id = 0; id < answers.size(); id++) {
      StreamChecksResponse answer = answers.get(id);
      assertEquals(id, answer.getId());
      CheckResult streamed =
          CheckResult.newBuilder()
              .setAllowed(answer.getAllowed())
              .setLevel(answer.getLevel())
              .build();
      assertEquals(results.get(id), streamed, items.get(id)::toString);
      if (id % 11 == 0) {
        assertSame(unary(node, organization, items.get(id)), answer);
      }
    }
  }

  private static CheckResponse unary(Node node, String organization, CheckItem item) {
    return node.access.check(
        CheckRequest.newBuilder()
            .setOrganizationId(organization)
            .setUserId(item.getUserId())
            .setDashboardId(item.getDashboardId())
            .setAction(item.getAction())
            .build());
  }

  private static void assertSame(CheckResponse unary, StreamChecksResponse streamed) {
    assertEquals(unary.getAllowed(), streamed.getAllowed());
    assertEquals(unary.getPosition(), streamed.getPosition());
    assertEquals(unary.getValidForMicros(), streamed.getValidForMicros());
  }

  @Test
  void every_answer_says_what_a_unary_check_says_and_carries_its_questions_id() {
    CheckConversation stream = CheckConversation.on(node.channel);
    for (long id : new long[] {7, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 7}) {
      StreamChecksResponse answer = stream.answer(question(id, "org", "bo", "d"));
      assertTrue(answer.getAllowed());
      assertEquals(Level.LEVEL_VIEWER, answer.getLevel());
      assertFalse(answer.hasError());
      assertTrue(answer.getProofAgeMicros() >= 0);
      CheckItem same =
          CheckItem.newBuilder()
              .setUserId("bo")
              .setDashboardId("d")
              .setAction(Action.ACTION_VIEW)
              .build();
      assertSame(unary(node, "org", same), answer);
    }
    assertEquals(List.of(), stream.end());
  }

  @Test
  void an_organization_that_is_left_out_is_the_one_of_the_question_before() {
    CheckConversation stream = CheckConversation.on(node.channel);
    assertTrue(stream.answer(question(1, "org", "ada", "d")).getAllowed());
    assertTrue(stream.answer(question(2, "", "ada", "d")).getAllowed());
    assertFalse(stream.answer(question(3, "elsewhere", "ada", "d")).getAllowed());
    assertFalse(stream.answer(question(4, "", "ada", "d")).getAllowed());
    assertTrue(stream.answer(question(5, "", "cy", "d")).getAllowed());
    assertEquals(ByteString.EMPTY, stream.answer(question(6, "none", "cy", "d")).getPosition());
    assertFalse(stream.answer(question(7, "", "cy", "d")).hasError());
    assertEquals(List.of(), stream.end());
  }

  @Test
  void a_first_question_that_names_no_organization_gets_an_error_and_the_next_may_name_one() {
    CheckConversation stream = CheckConversation.on(node.channel);
    assertError("MALFORMED_ID", stream.answer(question(1, "", "ada", "d")));
    assertTrue(stream.answer(question(2, "org", "ada", "d")).getAllowed());
    assertEquals(List.of(), stream.end());
  }

  @Test
  void a_question_that_cannot_be_answered_gets_an_error_of_its_own_and_the_stream_goes_on() {
    CheckConversation stream = CheckConversation.on(node.channel);
    for (String no : NO_IDS) {
      assertError("MALFORMED_ID", stream.answer(question(1, "org", no, "d")));
      assertError("MALFORMED_ID", stream.answer(question(2, "org", "bo", no)));
      assertError("MALFORMED_ID", stream.answer(question(3, "never-asked", no, "d")));
      assertError("MALFORMED_ID", stream.answer(question(4, no, "bo", "d")));
      assertError("MALFORMED_ID", stream.answer(question(5, "", "bo", "d")));
      assertTrue(stream.answer(question(6, "org", "bo", "d")).getAllowed());
    }
    assertError("MALFORMED_ID", stream.answer(question(7, "org", "", "d")));
    assertError("MALFORMED_ID", stream.answer(question(8, "org", "bo", "")));
    for (int no : new int[] {0, 99, -1}) {
      assertError(
          "UNKNOWN_ENUM_VALUE", stream.answer(question(9, "", "bo", "d").setActionValue(no)));
    }
    ByteString position = stream.answer(question(10, "org", "bo", "d")).getPosition();
    assertError("INVALID_POSITION", stream.answer(atLeast("elsewhere", position)));
    assertError("INVALID_POSITION", stream.answer(atLeast("org", ByteString.EMPTY)));
    byte[] fork = position.toByteArray();
    fork[fork.length - 1] ^= 1;
    assertError("POSITION_UNKNOWN", stream.answer(atLeast("org", ByteString.copyFrom(fork))));
    assertTrue(stream.answer(atLeast("org", position)).getAllowed());
    assertEquals(List.of(), stream.end());
  }

  private static StreamChecksRequest.Builder atLeast(String organization, ByteString position) {
    return question(11, organization, "bo", "d").setConsistency(Orgs.atLeast(position));
  }

  private static void assertError(String reason, StreamChecksResponse answer) {
    assertEquals(reason, answer.getError().getReason());
    assertTrue(answer.getError().getMessage().contains(" "), answer::toString);
    assertTrue(answer.getError().getMessage().length() < 300, answer::toString);
    assertFalse(answer.getAllowed());
    assertEquals(Level.LEVEL_UNSPECIFIED, answer.getLevel());
    assertEquals(ByteString.EMPTY, answer.getPosition());
  }

  @Test
  void all_questions_are_answered_before_the_stream_ends() {
    List<StreamChecksRequest> questions = new ArrayList<>();
    for (int id = 0; id < 5_000; id++) {
      Consistency consistency =
          id % 50 == 0 ? Orgs.FULLY_CONSISTENT : Consistency.getDefaultInstance();
      String organization = id % 700 == 0 ? "new-" + id : "org";
      questions.add(question(id, organization, "bo", "d").setConsistency(consistency).build());
    }
    List<StreamChecksResponse> answers = CheckConversation.answers(node.channel, questions);
    assertEquals(questions.size(), answers.size());
    for (int id = 0; id < answers.size(); id++) {
      StreamChecksResponse answer = answers.get(id);
      assertEquals(id, answer.getId());
      assertFalse(answer.hasError(), answer::toString);
      assertEquals(id % 700 != 0, answer.getAllowed());
    }
  }

  @Test
  void a_stream_without_questions_ends_without_answers() {
    assertEquals(List.of(), CheckConversation.on(node.channel).end());
  }

  @Test
  void each_question_is_answered_as_fresh_as_it_demands() {
    Orgs.create(node, "fresh", "ada");
    Orgs.add(node, "fresh", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "fresh", "ada", "d", Level.LEVEL_NONE);
    CheckConversation stream = CheckConversation.on(other.channel);
    assertFalse(stream.answer(question(0, "fresh", "bo", "d")).getAllowed());
    for (int i = 0; i < 20; i++) {
      Level level = i % 2 == 0 ? Level.LEVEL_VIEWER : Level.LEVEL_NONE;
      Written written =
          node.dashboards.updateAccess(Orgs.give("fresh", "ada", "d", "bo", level)).getWritten();
      Consistency consistency =
          i % 4 < 2 ? Orgs.FULLY_CONSISTENT : Orgs.atLeast(written.getPosition());
      StreamChecksResponse answer =
          stream.answer(question(i, "", "bo", "d").setConsistency(consistency));
      assertEquals(level, answer.getLevel());
      assertEquals(written.getPosition(), answer.getPosition());
      Consistency latest = Orgs.atLeast(answer.getPosition());
      assertEquals(
          level, stream.answer(question(i, "", "bo", "d").setConsistency(latest)).getLevel());
    }
    assertEquals(List.of(), stream.end());
  }
}
