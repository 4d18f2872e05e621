package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST_ID;
import static dev.sightline.store.jooq.Tables.INVITATION;
import static dev.sightline.store.jooq.Tables.SUBSCRIPTION;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_POLICY;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;

import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.OrganizationId;

/** The part of {@link ChangeStatements} about what goes on around access. */
final class AroundStatements {
  private final String organization;
  private final PendingStatements pending;

  AroundStatements(OrganizationId organization, PendingStatements pending) {
    this.organization = organization.value();
    this.pending = pending;
  }

  void request(RequestChanged change) {
    String request = change.request().value();
    RequestFacts after = change.after();
    if (after == null) {
      throw new StoreFault("a request is not deleted, whatever becomes of it: " + request);
    }
    if (change.before() == null) {
      insert(request, after);
    } else {
      update(request, after);
    }
  }

  private void insert(String request, RequestFacts facts) {
    RequestFacts.Made decision = facts.decision();
    pending.add(ACCESS_REQUEST_ID, AroundTexts.INSERT_REQUEST_ID, request, organization);
    pending.add(
        ACCESS_REQUEST,
        AroundTexts.INSERT_REQUEST,
        facts.dashboard().value(),
        facts.requester().value(),
        facts.madeAt(),
        facts.end(),
        facts.addressee().value(),
        facts.addressing(),
        facts.status(),
        decision == null || decision.by() == null ? null : decision.by().value(),
        decision == null ? null : decision.at(),
        decision == null || decision.level() == null ? null : (short) decision.level().ordinal(),
        organization,
        request);
  }

  private void update(String request, RequestFacts facts) {
    RequestFacts.Made decision = facts.decision();
    pending.add(
        ACCESS_REQUEST,
        AroundTexts.UPDATE_REQUEST,
        facts.addressee().value(),
        facts.addressing(),
        facts.status(),
        decision == null || decision.by() == null ? null : decision.by().value(),
        decision == null ? null : decision.at(),
        decision == null || decision.level() == null ? null : (short) decision.level().ordinal(),
        organization,
        request);
  }

  void subscription(SubscriptionChanged change) {
    pending.add(
        SUBSCRIPTION,
        change.subscribed() ? AroundTexts.INSERT_SUBSCRIPTION : AroundTexts.DELETE_SUBSCRIPTION,
        organization,
        change.user().value(),
        change.dashboard().value());
  }

  void invitation(InvitationChanged change) {
    String user = change.user().value();
    InvitationFacts after = change.after();
    if (after == null) {
      pending.add(INVITATION, AroundTexts.DELETE_INVITATION, organization, user);
    } else {
      pending.add(
          INVITATION,
          AroundTexts.PUT_INVITATION,
          after.sending(),
          after.sentAt(),
          after.end(),
          organization,
          user);
    }
  }

  void supportRequest(SupportRequestChanged change) {
    String agent = change.agent().value();
    SupportRequestFacts after = change.after();
    if (after == null) {
      pending.add(SUPPORT_REQUEST, AroundTexts.DELETE_SUPPORT_REQUEST, organization, agent);
    } else {
      pending.add(
          SUPPORT_REQUEST,
          AroundTexts.PUT_SUPPORT_REQUEST,
          after.madeAt(),
          after.end(),
          "",
          organization,
          agent);
    }
  }

  void supportPolicy(SupportPolicyChanged change) {
    SupportPolicy after = change.after();
    pending.add(
        SUPPORT_POLICY,
        AroundTexts.PUT_SUPPORT_POLICY,
        after.usual() == null ? null : Instants.micros(after.usual()),
        after.longest() == null ? null : Instants.micros(after.longest()),
        after.untilRevoked(),
        after.groups().toArray(String[]::new),
        organization);
  }

  void reason(ReasonGiven given) {
    switch (given.what()) {
      case Explained.Request(var request) ->
          pending.add(
              ACCESS_REQUEST,
              AroundTexts.EXPLAIN_REQUEST,
              given.reason(),
              organization,
              request.value());
      case Explained.Grant(var grant) ->
          pending.add(
              SUPPORT_GRANT, Texts.EXPLAIN_GRANT, given.reason(), organization, grant.value());
      case Explained.SupportRequest(var agent) ->
          pending.add(
              SUPPORT_REQUEST,
              AroundTexts.EXPLAIN_SUPPORT_REQUEST,
              given.reason(),
              organization,
              agent.value());
    }
  }
}
