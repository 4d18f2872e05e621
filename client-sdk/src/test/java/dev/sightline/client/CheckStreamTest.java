package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.StreamChecksRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks over one stream: the same answers, whatever happens to it. */
class CheckStreamTest {
  private final TestService service = TestService.start();
  private final TestCheckStreams streams = service.checkStreams;
  private final Sightline client = service.setup().streamChecks().open();
  private final Organization acme = client.organization("acme");

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private static Code codeOf(CompletableFuture<?> future) {
    var failure = assertThrows(CompletionException.class, future::join);
    return assertInstanceOf(SightlineException.class, failure.getCause()).code();
  }

  @Test
  void all_checks_go_over_one_stream_and_are_answered_as_calls_are() {
    assertTrue(acme.canView("ann", "revenue").allowed());
    assertFalse(acme.canEdit("ann", "revenue").allowed());
    assertTrue(acme.check("cal", Action.EXPORT, "revenue").allowed());
    assertFalse(client.organization("beta").canView("eve", "revenue").allowed());
    assertEquals(1, streams.opened());
    assertEquals(4, streams.asked().size());
    assertEquals(0, service.script.requests(CheckRequest.class).size());
  }

  @Test
  void an_answer_has_its_evidence() {
    service.revision.set(7);
    var evidence = acme.canView("ann", "revenue").evidence();
    assertEquals(Position.of(TestService.token(7)), evidence.position());
    assertEquals(Optional.of(Level.EDITOR), evidence.level());
    assertTrue(evidence.proofAge().compareTo(Duration.ofMillis(40)) > 0);
    acme.canView("ann", "revenue");
    assertEquals(TestService.token(7), streams.asked().getLast().getConsistency().getAtLeast());
  }

  @Test
  void the_organization_is_said_when_it_is_another_one() {
    acme.canView("ann", "revenue");
    acme.canView("bob", "revenue");
    client.organization("beta").canView("ann", "revenue");
    acme.canView("ann", "revenue");
    var said = streams.asked().stream().map(StreamChecksRequest::getOrganizationId).toList();
    assertEquals(java.util.List.of("acme", "", "beta", "acme"), said);
  }

  @Test
  void answers_find_their_questions_in_any_order() throws Exception {
    streams.hold();
    var answers = new ArrayList<CompletableFuture<Decision>>();
    for (int i = 0; i < 100; i++) {
      answers.add(acme.async().canView(i % 2 == 0 ? "ann" : "eve", "d" + i));
    }
    for (int i = 0; i < 100; i++) {
      service.script.arrived.take();
    }
    streams.release();
    for (int i = 0; i < 100; i++) {
      assertEquals(i % 2 == 0, answers.get(i).join().allowed());
    }
  }

  @Test
  void a_malformed_question_does_not_touch_others() {
    var wrong = acme.async().canView("no id", "revenue");
    var right = acme.async().canView("ann", "revenue");
    assertEquals(Code.INVALID_ARGUMENT, codeOf(wrong));
    assertTrue(right.join().allowed());
    assertEquals(1, streams.opened());
  }

  @Test
  void a_question_that_could_not_be_answered_freshly_is_asked_again() {
    streams.failNext("NOT_FRESH", "STORE_UNAVAILABLE");
    assertTrue(acme.canView("ann", "revenue").allowed());
    assertEquals(3, streams.asked().size());
  }

  @Test
  void a_log_that_was_set_back_is_told_once() {
    service.revision.set(7);
    acme.canView("ann", "revenue");
    streams.failNext("POSITION_UNKNOWN");
    var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
    assertTrue(failure.is(Reason.POSITION_UNKNOWN));
    assertEquals(Code.FAILED_PRECONDITION, failure.code());
    acme.canView("ann", "revenue");
    assertFalse(streams.asked().getLast().getConsistency().hasAtLeast());
  }

  @Test
  void what_a_stream_left_unanswered_is_asked_again_on_the_next() {
    var random = RandomGenerator.getDefault();
    long seed = random.nextLong();
    var cuts = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var patient = acme.within(Duration.ofMinutes(5)).async();
    streams.endAfter(() -> cuts.nextInt(400));
    var answers = new ArrayList<CompletableFuture<Decision>>();
    for (int i = 0; i < 5_000; i++) {
      answers.add(patient.canView(i % 3 == 0 ? "eve" : "ann", "d" + i));
    }
    for (int i = 0; i < 5_000; i++) {
      assertEquals(i % 3 != 0, answers.get(i).join().allowed(), "Seed " + seed);
    }
    assertTrue(streams.opened() > 5);
  }

  @Test
  void a_refusal_of_the_stream_is_only_for_whom_it_is_about() {
    streams.hold();
    var allowed = acme.async().canView("ann", "revenue");
    var forbidden = client.organization("forbidden").async().canView("ann", "revenue");
    assertTrue(allowed.join().allowed());
    assertEquals(Code.PERMISSION_DENIED, codeOf(forbidden));
    assertEquals(2, service.script.requests(CheckRequest.class).size());
    streams.release();
    assertTrue(acme.canView("ann", "revenue").allowed());
  }

  @Test
  void a_service_that_knows_no_streams_is_asked_by_calls() {
    streams.refuse(Status.UNIMPLEMENTED.asRuntimeException());
    assertTrue(acme.canView("ann", "revenue").allowed());
    assertTrue(acme.canEdit("cal", "revenue").allowed());
    assertEquals(1, streams.opened());
    assertEquals(2, service.script.requests(CheckRequest.class).size());
  }

  @Test
  void a_supplier_of_tokens_that_fails_fails_the_check() {
    try (var wary =
        service
            .setup()
            .streamChecks()
            .token(() -> {
              throw new IllegalStateException("vault is sealed");
            })
            .open()) {
      var failure =
          assertThrows(
              SightlineException.class, () -> wary.organization("acme").canView("ann", "d"));
      assertEquals(Code.UNAUTHENTICATED, failure.code());
    }
  }

  @Test
  void a_thousand_are_on_their_way_and_more_than_a_hundred_thousand_wait_for_nobody()
      throws Exception {
    var patient = acme.within(Duration.ofMinutes(5)).async();
    streams.hold();
    var answers = new ArrayList<CompletableFuture<Decision>>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(patient.canView("ann", "d" + i));
    }
    for (int i = 0; i < 1_000; i++) {
      service.script.arrived.take();
    }
    for (int i = 0; i < 100_000; i++) {
      answers.add(patient.canView("ann", "d" + i));
    }
    assertEquals(Code.RESOURCE_EXHAUSTED, codeOf(patient.canView("ann", "revenue")));
    assertEquals(1_000, streams.asked().size());
    streams.release();
    answers.forEach(answer -> assertTrue(answer.join().allowed()));
  }

  @Test
  void a_check_ends_with_its_deadline_and_a_stream_that_brings_nothing_is_given_up() {
    acme.canView("ann", "revenue");
    streams.abandon();
    var patient = acme.within(Duration.ofSeconds(30)).async().canView("ann", "revenue");
    var failure =
        assertThrows(
            SightlineException.class,
            () -> acme.within(Duration.ofMillis(1_100)).canView("ann", "revenue"));
    assertEquals(Code.DEADLINE_EXCEEDED, failure.code());
    assertTrue(patient.join().allowed());
    assertEquals(2, streams.opened());
  }

  @Test
  void nobody_there_is_unavailable_at_the_deadline() {
    acme.canView("ann", "revenue");
    service.close();
    var failure =
        assertThrows(
            SightlineException.class,
            () -> acme.within(Duration.ofMillis(300)).canView("ann", "revenue"));
    assertEquals(Code.UNAVAILABLE, failure.code());
  }

  @Test
  void a_cancelled_check_is_not_missed() throws Exception {
    streams.hold();
    var cancelled = acme.async().canView("ann", "revenue");
    service.script.arrived.take();
    cancelled.cancel(true);
    streams.release();
    assertTrue(acme.canView("ann", "revenue").allowed());
  }

  @Test
  void closing_lets_what_was_asked_be_answered_and_refuses_more() throws Exception {
    streams.hold();
    var asked = acme.async().canView("ann", "revenue");
    service.script.arrived.take();
    var closing = Thread.startVirtualThread(client::close);
    while (!acme.async().canView("ann", "revenue").isCompletedExceptionally()) {
      Thread.onSpinWait();
    }
    streams.release();
    assertTrue(asked.join().allowed());
    closing.join();
    assertEquals(Code.CANCELLED, codeOf(acme.async().canView("ann", "revenue")));
  }
}
