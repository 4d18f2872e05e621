package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ProtocolMessageEnum;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.UpdateAccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final TestService service = TestService.start();
  private final Sightline client = service.client();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  @Test
  void times_are_counted_from_when_the_request_was_sent() {
    var evidence = acme.canView("ann", "revenue").evidence();
    assertTrue(evidence.proofAge().compareTo(Duration.ofMillis(40)) > 0);
    assertTrue(evidence.validFor().orElseThrow().compareTo(Duration.ofSeconds(60)) < 0);
    assertEquals(Optional.empty(), acme.canEdit("ann", "revenue").evidence().validFor());
    var late = Translation.evidence(TestService.token(1), 10, 500, 700);
    assertEquals(Duration.ofNanos(710_000), late.proofAge());
    assertEquals(Optional.of(Duration.ZERO), late.validFor());
  }

  @Test
  void a_batch_answers_in_order_and_a_malformed_item_touches_no_other() {
    var answers =
        acme.checkAll(
            List.of(
                Question.canEdit("cal", "revenue"),
                Question.canView("no id", "revenue"),
                Question.canView("eve", "revenue")));
    var allowed = assertInstanceOf(Decision.Allowed.class, answers.get(0));
    assertEquals(Optional.of(Level.EDITOR), allowed.evidence().level());
    var unanswered = assertInstanceOf(Answer.Unanswered.class, answers.get(1));
    assertEquals("MALFORMED_ID", unanswered.reason());
    assertFalse(unanswered.allowed());
    assertInstanceOf(Decision.Denied.class, answers.get(2));
  }

  @Test
  void no_questions_are_answered_without_asking() {
    assertEquals(List.of(), acme.checkAll(List.of()));
    assertEquals(List.of(), service.script.calls());
  }

  @Test
  void an_explanation_says_the_facts_and_leaves_out_actions_it_does_not_know() {
    var why = acme.explain("ann", "revenue");
    assertEquals(Because.TEAM_ENTRY, why.because());
    assertEquals(Optional.of("sales"), why.team());
    assertEquals(Optional.of(Instant.ofEpochMilli(1_500)), why.endsAt());
    assertEquals(Set.of(Action.VIEW), why.allowedActions());
  }

  @Test
  void pages_are_fetched_as_they_are_read() {
    var options = ListOptions.of(Purpose.DIGEST).withNames().withPageSize(10);
    var listing = acme.visibleDashboards("ann", options);
    assertEquals(0, service.script.calls().size());
    assertEquals("d9", listing.stream().skip(9).findFirst().orElseThrow().id());
    assertEquals(1, service.script.calls().size());
    assertEquals(25, listing.toList().size());
    assertEquals(4, service.script.calls().size());
    var last = service.script.requests(ListVisibleDashboardsRequest.class).getLast();
    assertEquals("20", last.getPageToken());
    assertEquals(dev.sightline.v1.ListPurpose.LIST_PURPOSE_DIGEST, last.getPurpose());
  }

  @Test
  void a_list_tells_what_was_asked_for_and_no_more() {
    var bare = acme.visibleDashboards("ann").iterator().next();
    assertEquals(Optional.empty(), bare.name());
    assertEquals(Optional.empty(), bare.level());
    var full = ListOptions.of(Purpose.SIDEBAR).withNames().withLevels().withPills();
    var told = acme.visibleDashboards("ann", full).iterator().next();
    assertEquals(Optional.of("Dashboard 0"), told.name());
    assertEquals(Optional.of(Level.OWNER), told.level());
    assertEquals(Set.of(Pill.DRAFT), told.pills());
  }

  @Test
  void an_asynchronous_list_is_whole_and_in_order() {
    var options = ListOptions.of(Purpose.SIDEBAR).withPageSize(4);
    var ids = acme.async().visibleDashboards("ann", options).toList().join();
    assertEquals(25, ids.size());
    assertEquals("d24", ids.getLast().id());
  }

  @Test
  void a_refusal_says_code_reason_facts_and_a_sentence() {
    var sentence = "There is no dashboard 'revenue' that 'eve' can view.";
    service.script.failNext(
        TestService.refusal(
            com.google.rpc.Code.NOT_FOUND,
            "DASHBOARD_NOT_FOUND",
            sentence,
            Map.of("dashboard_id", "revenue")));
    var eve = acme.as("eve");
    var failure = assertThrows(SightlineException.class, () -> eve.deleteDashboard("revenue"));
    assertEquals(Code.NOT_FOUND, failure.code());
    assertEquals(Optional.of(Reason.DASHBOARD_NOT_FOUND), failure.knownReason());
    assertEquals(Map.of("dashboard_id", "revenue"), failure.facts());
    assertEquals(sentence, failure.getMessage());
    assertTrue(
        Arrays.stream(failure.getStackTrace())
            .anyMatch(it -> it.getClassName().equals(AnswersTest.class.getName())));
  }

  @Test
  void a_reason_of_a_newer_service_is_told_as_text() {
    service.script.failNext(
        TestService.refusal(com.google.rpc.Code.ABORTED, "MOON_PHASE", "Wait.", Map.of()));
    var failure =
        assertThrows(
            CompletionException.class, () -> acme.async().canView("ann", "revenue").join());
    var cause = assertInstanceOf(SightlineException.class, failure.getCause());
    assertEquals("MOON_PHASE", cause.reason());
    assertEquals(Optional.empty(), cause.knownReason());
  }

  @Test
  void a_value_that_the_contract_does_not_have_is_not_guessed() {
    var failure = assertThrows(SightlineException.class, () -> Translation.level(9));
    assertEquals(Code.INTERNAL, failure.code());
    assertThrows(SightlineException.class, () -> Translation.level(0));
  }

  @Test
  void a_change_of_access_says_exactly_what_was_asked_for() {
    var change =
        AccessChange.empty()
            .set(Subject.team("sales"), Level.VIEWER)
            .set(new AccessEntry(Subject.user("ann"), Level.NONE, End.after(Duration.ofDays(1))))
            .remove(Subject.user("bob"))
            .ifStill("e1");
    acme.as("cal").previewAccess("revenue", change);
    var sent = service.script.requests(UpdateAccessRequest.class).getFirst();
    assertTrue(sent.getDryRun());
    assertEquals("e1", sent.getEtag());
    assertEquals(dev.sightline.v1.Level.LEVEL_UNSPECIFIED, sent.getCompanyDefault());
    assertEquals("sales", sent.getSet(0).getTeamId());
    assertFalse(sent.getSet(0).hasEndsAtMicros());
    assertEquals(86_400_000_000L, sent.getSet(1).getExpiresInMicros());
    assertEquals("bob", sent.getRemove(0).getUserId());
  }

  @Test
  void the_words_are_those_of_the_contract() {
    assertSame("LEVEL_", Level.values(), dev.sightline.v1.Level.values());
    assertSame("ACTION_", Action.values(), dev.sightline.v1.Action.values());
    assertSame("BECAUSE_", Because.values(), dev.sightline.v1.Because.values());
    assertSame("ROLE_", Role.values(), dev.sightline.v1.Role.values());
    assertSame("USER_STATUS_", UserStatus.values(), dev.sightline.v1.UserStatus.values());
    assertSame("PILL_", Pill.values(), dev.sightline.v1.Pill.values());
    assertSame("SCOPE_", TokenScope.values(), dev.sightline.v1.Scope.values());
    assertSame("LIST_PURPOSE_", Purpose.values(), dev.sightline.v1.ListPurpose.values());
  }

  private static <P extends Enum<P> & ProtocolMessageEnum> void assertSame(
      String prefix, Enum<?>[] ours, P[] theirs) {
    var words =
        Arrays.stream(theirs)
            .map(Enum::name)
            .filter(it -> !it.equals("UNRECOGNIZED") && !it.endsWith("_UNSPECIFIED"))
            .toList();
    assertEquals(words, Arrays.stream(ours).map(it -> prefix + it.name()).toList());
    for (var word : ours) {
      assertEquals(theirs[word.ordinal() + 1].getNumber(), Translation.number(word));
    }
  }
}
