package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.INVITATION;
import static dev.sightline.store.jooq.Tables.SUPPORT_POLICY;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;
import static dev.sightline.store.jooq.Tables.WAITING_MAIL;

import dev.sightline.change.InvitationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.change.WaitingMail;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One organization's rows of what goes on around access. Maps come in the order of ids. */
public final class AroundRows {
  private final DSLContext statements;
  private final String organization;

  AroundRows(DSLContext statements, OrganizationId organization) {
    this.statements = statements;
    this.organization = organization.value();
  }

  /** A request, whatever became of it, or null; PENDING also past its end. */
  public @Nullable RequestFacts request(RequestId id) {
    return statements
        .selectFrom(ACCESS_REQUEST)
        .where(ACCESS_REQUEST.ORGANIZATION_ID.eq(organization), ACCESS_REQUEST.ID.eq(id.value()))
        .fetchOne(AroundRows::request);
  }

  static RequestFacts request(Record row) {
    return new RequestFacts(
        new DashboardId(row.get(ACCESS_REQUEST.DASHBOARD_ID)),
        new UserId(row.get(ACCESS_REQUEST.REQUESTER_ID)),
        new UserId(row.get(ACCESS_REQUEST.ADDRESSEE_ID)),
        row.get(ACCESS_REQUEST.ADDRESSING),
        row.get(ACCESS_REQUEST.STATUS),
        row.get(ACCESS_REQUEST.MADE_AT),
        row.get(ACCESS_REQUEST.ENDS_AT),
        decision(row));
  }

  private static RequestFacts.@Nullable Made decision(Record row) {
    Instant at = row.get(ACCESS_REQUEST.DECIDED_AT);
    String by = row.get(ACCESS_REQUEST.DECIDED_BY);
    Short level = row.get(ACCESS_REQUEST.LEVEL);
    return at == null
        ? null
        : new RequestFacts.Made(
            by == null ? null : new UserId(by), at, level == null ? null : Level.ofOrdinal(level));
  }

  /** Why somebody asked; empty if no reason was given. */
  public String reason(RequestId id) {
    String reason =
        statements
            .select(ACCESS_REQUEST.REASON)
            .from(ACCESS_REQUEST)
            .where(
                ACCESS_REQUEST.ORGANIZATION_ID.eq(organization), ACCESS_REQUEST.ID.eq(id.value()))
            .fetchOne(ACCESS_REQUEST.REASON);
    return Objects.requireNonNullElse(reason, "");
  }

  /** When a request of this person for this dashboard was last declined, or null. */
  public @Nullable Instant lastDeclined(DashboardId dashboard, UserId requester) {
    return statements
        .select(DSL.max(ACCESS_REQUEST.DECIDED_AT))
        .from(ACCESS_REQUEST)
        .where(
            ACCESS_REQUEST.ORGANIZATION_ID.eq(organization),
            ACCESS_REQUEST.DASHBOARD_ID.eq(dashboard.value()),
            ACCESS_REQUEST.REQUESTER_ID.eq(requester.value()),
            ACCESS_REQUEST.STATUS.eq(RequestStatus.DECLINED))
        .fetchSingle()
        .value1();
  }

  /** Who is to be told when this draft is published. */
  public Map<UserId, WaitingMail> waiting(DashboardId dashboard) {
    Map<UserId, WaitingMail> waiting = new LinkedHashMap<>();
    statements
        .selectFrom(WAITING_MAIL)
        .where(
            WAITING_MAIL.ORGANIZATION_ID.eq(organization),
            WAITING_MAIL.DASHBOARD_ID.eq(dashboard.value()))
        .orderBy(WAITING_MAIL.USER_ID)
        .forEach(row ->
            waiting.put(
                new UserId(row.get(WAITING_MAIL.USER_ID)),
                new WaitingMail(
                    row.get(WAITING_MAIL.KIND), new UserId(row.get(WAITING_MAIL.BY_ID)))));
    return waiting;
  }

  /** The invitation that somebody was sent, or null. */
  public @Nullable InvitationFacts invitation(UserId user) {
    return statements
        .selectFrom(INVITATION)
        .where(INVITATION.ORGANIZATION_ID.eq(organization), INVITATION.USER_ID.eq(user.value()))
        .fetchOne(row ->
            new InvitationFacts(
                row.get(INVITATION.SENDING),
                row.get(INVITATION.SENT_AT),
                row.get(INVITATION.ENDS_AT)));
  }

  /** What the organization, a realm's root, says about support access. */
  public SupportPolicy supportPolicy() {
    SupportPolicy policy =
        statements
            .selectFrom(SUPPORT_POLICY)
            .where(SUPPORT_POLICY.ORGANIZATION_ID.eq(organization))
            .fetchOne(row ->
                new SupportPolicy(
                    duration(row.get(SUPPORT_POLICY.USUAL_MICROS)),
                    duration(row.get(SUPPORT_POLICY.LONGEST_MICROS)),
                    row.get(SUPPORT_POLICY.UNTIL_REVOKED),
                    List.of(row.get(SUPPORT_POLICY.AGENT_GROUPS))));
    return Objects.requireNonNullElse(policy, SupportPolicy.USUAL);
  }

  private static @Nullable Duration duration(@Nullable Long micros) {
    return micros == null ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  /** An agent's request that nobody has answered, also past its end; or null. */
  public @Nullable SupportRequestFacts supportRequest(UserId agent) {
    return statements
        .selectFrom(SUPPORT_REQUEST)
        .where(
            SUPPORT_REQUEST.ORGANIZATION_ID.eq(organization),
            SUPPORT_REQUEST.AGENT_ID.eq(agent.value()))
        .fetchOne(AroundRows::supportRequest);
  }

  /** All agents' requests that nobody has answered, also those past their end. */
  public Map<UserId, SupportRequestFacts> supportRequests() {
    Map<UserId, SupportRequestFacts> requests = new LinkedHashMap<>();
    statements
        .selectFrom(SUPPORT_REQUEST)
        .where(SUPPORT_REQUEST.ORGANIZATION_ID.eq(organization))
        .orderBy(SUPPORT_REQUEST.AGENT_ID)
        .forEach(row ->
            requests.put(new UserId(row.get(SUPPORT_REQUEST.AGENT_ID)), supportRequest(row)));
    return requests;
  }

  /** Why an agent's pending request was made; empty if no reason was given. */
  public String supportReason(UserId agent) {
    String reason =
        statements
            .select(SUPPORT_REQUEST.REASON)
            .from(SUPPORT_REQUEST)
            .where(
                SUPPORT_REQUEST.ORGANIZATION_ID.eq(organization),
                SUPPORT_REQUEST.AGENT_ID.eq(agent.value()))
            .fetchOne(SUPPORT_REQUEST.REASON);
    return Objects.requireNonNullElse(reason, "");
  }

  private static SupportRequestFacts supportRequest(Record row) {
    return new SupportRequestFacts(
        row.get(SUPPORT_REQUEST.MADE_AT), row.get(SUPPORT_REQUEST.ENDS_AT));
  }
}
