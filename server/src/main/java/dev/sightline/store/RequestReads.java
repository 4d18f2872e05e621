package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.ONE_CLICK_LINK;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.change.RequestFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/**
 * Access requests as they are shown, whatever became of them. Each call reads what is committed
 * when it begins; a request that time has ended is PENDING here until that is written.
 */
public final class RequestReads {
  private final Connections reads;

  RequestReads(Connections reads) {
    this.reads = reads;
  }

  /**
   * A request.
   *
   * @param reason why it was made; may be empty
   * @param written through when what time has brought about is written
   */
  public record RequestRow(RequestId id, RequestFacts facts, String reason, Instant written) {}

  /** What a one-click link is for, and the request as it is now. */
  public record LinkedRequest(
      OrganizationId organization, RequestRow request, int addressing, LinkDecision decision) {}

  /**
   * Which requests.
   *
   * @param statuses as stored
   * @param dashboard null: any; so the others
   */
  public record Filter(
      Set<RequestStatus> statuses,
      @Nullable DashboardId dashboard,
      @Nullable UserId requester,
      @Nullable UserId addressee) {
    public Filter {
      statuses = Set.copyOf(statuses);
    }

    private Condition condition() {
      Condition condition = ACCESS_REQUEST.STATUS.in(statuses);
      if (dashboard != null) {
        condition = condition.and(ACCESS_REQUEST.DASHBOARD_ID.eq(dashboard.value()));
      }
      if (requester != null) {
        condition = condition.and(ACCESS_REQUEST.REQUESTER_ID.eq(requester.value()));
      }
      return addressee == null
          ? condition
          : condition.and(ACCESS_REQUEST.ADDRESSEE_ID.eq(addressee.value()));
    }
  }

  /** A request, or null. */
  public @Nullable RequestRow request(OrganizationId organization, RequestId id) {
    return reads.read(connection ->
        rows(connection)
            .where(
                ACCESS_REQUEST.ORGANIZATION_ID.eq(organization.value()),
                ACCESS_REQUEST.ID.eq(id.value()))
            .fetchOne(RequestReads::row));
  }

  /** An organization's requests, by id. */
  public List<RequestRow> requests(OrganizationId organization, Filter filter, Page page) {
    return reads.read(connection ->
        rows(connection)
            .where(
                ACCESS_REQUEST.ORGANIZATION_ID.eq(organization.value()),
                ACCESS_REQUEST.ID.gt(page.begin()),
                filter.condition())
            .orderBy(ACCESS_REQUEST.ID)
            .limit(page.limit())
            .fetch(RequestReads::row));
  }

  /**
   * What a one-click link is for; null if there is none. One statement, whether there is one or
   * not.
   *
   * @param hash of the token
   */
  public @Nullable LinkedRequest linked(byte[] hash) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(ACCESS_REQUEST.fields())
            .select(ORGANIZATION.AT, ONE_CLICK_LINK.GENERATION, ONE_CLICK_LINK.DECISION)
            .from(ONE_CLICK_LINK)
            .join(ACCESS_REQUEST)
            .on(
                ACCESS_REQUEST.ORGANIZATION_ID.eq(ONE_CLICK_LINK.ORGANIZATION_ID),
                ACCESS_REQUEST.ID.eq(ONE_CLICK_LINK.REQUEST_ID))
            .join(ORGANIZATION)
            .on(ORGANIZATION.ID.eq(ONE_CLICK_LINK.ORGANIZATION_ID))
            .where(ONE_CLICK_LINK.HASH.eq(hash))
            .fetchOne(RequestReads::linkedRow));
  }

  /** Reads what is around access in an organization, all in one snapshot. */
  public <R> R around(OrganizationId organization, Function<AroundRows, R> read) {
    return reads.read(
        connection -> read.apply(new AroundRows(Connections.statements(connection), organization)));
  }

  private static SelectOnConditionStep<Record> rows(Connection connection) {
    return Connections.statements(connection)
        .select(ACCESS_REQUEST.fields())
        .select(ORGANIZATION.AT)
        .from(ACCESS_REQUEST)
        .join(ORGANIZATION)
        .on(ORGANIZATION.ID.eq(ACCESS_REQUEST.ORGANIZATION_ID));
  }

  private static RequestRow row(Record row) {
    return new RequestRow(
        new RequestId(row.get(ACCESS_REQUEST.ID)),
        AroundRows.request(row),
        row.get(ACCESS_REQUEST.REASON),
        row.get(ORGANIZATION.AT));
  }

  private static LinkedRequest linkedRow(Record row) {
    return new LinkedRequest(
        new OrganizationId(row.get(ACCESS_REQUEST.ORGANIZATION_ID)),
        row(row),
        row.get(ONE_CLICK_LINK.GENERATION),
        Objects.requireNonNull(row.get(ONE_CLICK_LINK.DECISION), "decision"));
  }
}
