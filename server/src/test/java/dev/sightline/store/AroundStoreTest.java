package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.AGENT;
import static dev.sightline.store.Sample.AUTHOR;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.COSTS;
import static dev.sightline.store.Sample.PLANS;
import static dev.sightline.store.Sample.T0;
import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.grant;
import static dev.sightline.store.Sample.request;
import static dev.sightline.store.TestDatabase.newOrganization;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.change.Change;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.Effect;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.change.WaitingMail;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of what goes on around access. */
class AroundStoreTest {
  private final OrganizationStore store = TestDatabase.shared().organizations();
  private final OrganizationId acme = newOrganization();
  private final RequestId asked = request(acme, "r1");

  @BeforeEach
  void haveOneOfEverything() {
    append(store, acme, Sample.everything(acme));
  }

  private <R> R rows(Function<AroundRows, R> question) {
    return store.write(acme, transaction -> question.apply(transaction.around()));
  }

  private void effects(Effect... effects) {
    var change = new SubscriptionChanged(COSTS, ADA, !isSubscribed());
    store.write(
        acme,
        transaction ->
            transaction.append(AUTHOR, transaction.now(), List.of(change), List.of(effects), 2));
  }

  private boolean isSubscribed() {
    var facts = new Facts();
    store.load(acme, facts);
    return facts.changes.contains(new SubscriptionChanged(COSTS, ADA, true));
  }

  @Test
  void a_request_is_kept_with_its_reason_through_all_that_becomes_of_it() {
    assertEquals(Sample.REQUEST, rows(rows -> rows.request(asked)));
    assertEquals("Month's end", rows(rows -> rows.reason(asked)));

    RequestFacts moved = Sample.REQUEST.addressedTo(BOB);
    append(store, acme, new RequestChanged(asked, Sample.REQUEST, moved));
    assertEquals(moved, rows(rows -> rows.request(asked)));

    RequestFacts approved = moved.approved(ADA, T0.plusSeconds(5), Level.EDITOR);
    append(store, acme, new RequestChanged(asked, moved, approved));
    assertEquals(approved, rows(rows -> rows.request(asked)));
    assertEquals("Month's end", rows(rows -> rows.reason(asked)));
  }

  @Test
  void a_request_that_is_over_stays_as_it_is() {
    RequestFacts expired = Sample.REQUEST.expired();
    append(store, acme, new RequestChanged(asked, Sample.REQUEST, expired));
    Change again = new RequestChanged(asked, expired, Sample.REQUEST.cancelled());
    assertThrows(StoreFault.class, () -> append(store, acme, again));
    assertEquals(expired, rows(rows -> rows.request(asked)));
  }

  @Test
  void one_person_has_one_pending_request_for_a_dashboard_and_may_ask_again_when_it_is_over() {
    RequestId second = request(acme, "r2");
    Change again = new RequestChanged(second, null, Sample.REQUEST);
    assertThrows(StoreFault.class, () -> append(store, acme, again));
    append(store, acme, new RequestChanged(asked, Sample.REQUEST, Sample.REQUEST.expired()), again);
    assertEquals(Sample.REQUEST, rows(rows -> rows.request(second)));
    assertEquals("", rows(rows -> rows.reason(second)));
  }

  @Test
  void the_last_refusal_is_the_latest_decision_to_decline() {
    assertNull(rows(rows -> rows.lastDeclined(PLANS, BOB)));
    for (int i = 2; i < 5; i++) {
      RequestId request = request(acme, "r" + i);
      append(
          store,
          acme,
          new RequestChanged(
              i == 2 ? asked : request(acme, "r" + (i - 1)),
              Sample.REQUEST,
              Sample.REQUEST.declined(ADA, T0.plusSeconds(i))),
          new RequestChanged(request, null, Sample.REQUEST));
    }
    assertEquals(T0.plusSeconds(4), rows(rows -> rows.lastDeclined(PLANS, BOB)));
    assertNull(rows(rows -> rows.lastDeclined(COSTS, BOB)));
    assertNull(rows(rows -> rows.lastDeclined(PLANS, ADA)));
  }

  @Test
  void the_id_of_a_request_is_used_for_good_and_everywhere() {
    OrganizationId other = newOrganization();
    append(store, other, Sample.creation());
    RequestId unused = request(acme, "no");
    assertEquals(
        Set.of(asked), store.write(other, t -> t.rows().usedRequests(Set.of(asked, unused))));
    assertThrows(
        StoreFault.class,
        () -> append(store, other, new RequestChanged(asked, null, Sample.REQUEST)));
    assertNull(store.write(other, t -> t.around().request(asked)));
  }

  @Test
  void an_invitation_sent_again_replaces_the_one_before_and_ends_with_its_acceptance() {
    assertEquals(Sample.INVITATION, rows(rows -> rows.invitation(BOB)));
    var again = new InvitationFacts(2, T0.plusSeconds(30), T0.plusSeconds(900));
    append(store, acme, new InvitationChanged(BOB, Sample.INVITATION, again));
    assertEquals(again, rows(rows -> rows.invitation(BOB)));
    append(store, acme, new InvitationChanged(BOB, again, null));
    assertNull(rows(rows -> rows.invitation(BOB)));
  }

  @Test
  void an_agents_new_request_replaces_one_past_its_end_and_its_reason() {
    assertEquals(Sample.SUPPORT_REQUEST, rows(rows -> rows.supportRequest(AGENT)));
    assertEquals("Ticket 7", rows(rows -> rows.supportReason(AGENT)));

    var later = new SupportRequestFacts(T0.plusSeconds(700_000), T0.plusSeconds(1_400_000));
    append(store, acme, new SupportRequestChanged(AGENT, null, later));
    assertEquals(Map.of(AGENT, later), rows(AroundRows::supportRequests));
    assertEquals("", rows(rows -> rows.supportReason(AGENT)));

    append(store, acme, new SupportRequestChanged(AGENT, later, null));
    assertNull(rows(rows -> rows.supportRequest(AGENT)));
    assertEquals(Map.of(), rows(AroundRows::supportRequests));
  }

  @Test
  void a_policy_is_the_usual_one_until_another_is_set() {
    OrganizationId other = newOrganization();
    append(store, other, Sample.creation());
    assertEquals(SupportPolicy.USUAL, store.write(other, t -> t.around().supportPolicy()));
    assertEquals(Sample.POLICY, rows(AroundRows::supportPolicy));
    append(store, acme, new SupportPolicyChanged(Sample.POLICY, SupportPolicy.USUAL));
    assertEquals(SupportPolicy.USUAL, rows(AroundRows::supportPolicy));
  }

  @Test
  void a_grant_keeps_its_reason_and_where_who_gave_and_revoked_it_belongs() {
    append(store, acme, new GrantChanged(grant(acme, "g2"), Sample.AGENT_GRANT, null));
    assertEquals(
        "ada acme Broken filters ada acme",
        TestDatabase.text(
            "SELECT concat_ws(' ', granted_by, granted_by_organization, reason, revoked_by,"
                + " revoked_by_organization) FROM support_grant WHERE id = '%s'"
                    .formatted(grant(acme, "g2"))));
  }

  @Test
  void a_reason_for_what_is_not_there_is_refused() {
    var reason = new ReasonGiven(new Explained.Request(request(acme, "no")), BOB, "For tax");
    assertThrows(StoreFault.class, () -> append(store, acme, reason));
  }

  @Test
  void at_most_one_mail_waits_for_a_person_on_a_draft_the_later_one() {
    var shared = new WaitingMail(WaitingMail.Kind.SHARED, ADA);
    var approved = new WaitingMail(WaitingMail.Kind.APPROVED, BOB);
    effects(new Effect.Wait(PLANS, BOB, shared), new Effect.Wait(PLANS, ADA, shared));
    assertEquals(Map.of(ADA, shared, BOB, shared), rows(rows -> rows.waiting(PLANS)));
    effects(new Effect.Wait(PLANS, BOB, approved), new Effect.Wait(PLANS, ADA, null));
    assertEquals(Map.of(BOB, approved), rows(rows -> rows.waiting(PLANS)));
    effects(new Effect.Wait(PLANS, ADA, null), new Effect.Wait(COSTS, BOB, shared));
    effects(new Effect.StopWaiting(PLANS));
    effects(new Effect.StopWaiting(PLANS));
    assertEquals(Map.of(), rows(rows -> rows.waiting(PLANS)));
    assertEquals(Map.of(BOB, shared), rows(rows -> rows.waiting(COSTS)));
  }
}
