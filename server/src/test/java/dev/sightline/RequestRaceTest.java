package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many decide at the same time, one decision stands, and the others are told. */
class RequestRaceTest {
  private static final int ROUNDS = 12;

  private static TestService service;
  private static Node one;
  private static Node other;
  private static AskingPeople onOne;
  private static AskingPeople onOther;

  @BeforeAll
  static void start() {
    service = TestService.start();
    one = service.node();
    other = service.node();
    onOne = AskingPeople.in(one, "acme").withMailOf(other);
    onOther = new AskingPeople(other, "acme");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void of_two_people_who_decide_at_once_one_decides() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String dashboard = "decided-" + round;
      onOne.dashboard("cal", dashboard);
      String request = onOne.asked("fay", dashboard);
      List<String> told =
          together(
              () -> decided(onOne, "cal", request, RequestDecision.REQUEST_DECISION_APPROVE_EDITOR),
              () -> decided(onOther, "ada", request, RequestDecision.REQUEST_DECISION_DECLINE));
      Collections.sort(told);
      assertEquals("FAILED_PRECONDITION REQUEST_NOT_PENDING", told.getFirst());
      assertStands(told.getLast(), request, dashboard, "fay");
    }
  }

  @Test
  void a_link_that_is_used_many_times_at_once_acts_once() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String dashboard = "linked-" + round;
      onOne.dashboard("cal", dashboard);
      String request = onOne.asked("eli", dashboard);
      String viewer = onOne.link(request, "Approve as Viewer");
      String decline = onOne.link(request, "Decline");
      onOne.mails();
      List<LinkOutcome> outcomes =
          together(
              () -> onOne.outcome(viewer),
              () -> onOther.outcome(viewer),
              () -> onOne.outcome(decline),
              () -> onOther.outcome(decline));
      Collections.sort(outcomes);
      assertEquals(
          List.of(
              LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED,
              LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED,
              LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED,
              LinkOutcome.LINK_OUTCOME_APPLIED),
          outcomes);
      assertEquals(1, onOne.mails().size());
    }
  }

  @Test
  void a_link_and_the_loss_of_its_holders_rights_happen_in_some_order() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String dashboard = "lost-" + round;
      onOne.dashboard("cal", dashboard);
      String request = onOne.asked("dee", dashboard);
      String link = onOne.link(request, "Approve as Viewer");
      List<String> told =
          together(
              () -> onOne.outcome(link).name(),
              () -> {
                onOther.transfer("ada", dashboard, "bo");
                return "TRANSFERRED";
              });
      boolean applied = told.contains(LinkOutcome.LINK_OUTCOME_APPLIED.name());
      assertTrue(applied || told.contains(LinkOutcome.LINK_OUTCOME_VOID.name()), told::toString);
      AccessRequest after = onOne.request(request);
      assertEquals(
          applied ? RequestStatus.REQUEST_STATUS_APPROVED : RequestStatus.REQUEST_STATUS_PENDING,
          after.getStatus());
      assertEquals(applied ? "cal" : "bo", after.getAddresseeId());
      assertEquals(applied ? Level.LEVEL_VIEWER : Level.LEVEL_NONE, onOne.level("dee", dashboard));
    }
  }

  @Test
  void asking_many_times_at_once_is_one_request() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String dashboard = "asked-" + round;
      onOne.dashboard("cal", dashboard);
      onOne.mails();
      List<String> asked =
          together(
              () -> onOne.asked("fay", dashboard),
              () -> onOther.asked("fay", dashboard),
              () -> onOne.asked("fay", dashboard));
      assertEquals(1, asked.stream().distinct().count());
      assertEquals(1, onOne.mails().size());
    }
    assertInstanceOf(ChainCheck.Intact.class, service.chain("acme"));
  }

  private static String decided(
      AskingPeople people, String actor, String request, RequestDecision decision) {
    try {
      return people.decide(actor, request, decision).getStatus().name();
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() + " " + Refusals.reason(refused);
    }
  }

  private static void assertStands(String told, String request, String dashboard, String user) {
    AccessRequest after = onOther.request(request);
    assertEquals(told, after.getStatus().name());
    boolean approved = after.getStatus() == RequestStatus.REQUEST_STATUS_APPROVED;
    assertEquals(approved ? Level.LEVEL_EDITOR : Level.LEVEL_NONE, onOther.level(user, dashboard));
    assertEquals(approved ? "cal" : "ada", after.getDecidedById());
  }

  @SafeVarargs
  private static <T> List<T> together(Callable<T>... calls) throws Exception {
    var begin = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(() -> {
              begin.await();
              return call.call();
            }));
      }
      begin.countDown();
      List<T> told = new ArrayList<>();
      for (Future<T> future : futures) {
        told.add(future.get());
      }
      return told;
    }
  }
}
