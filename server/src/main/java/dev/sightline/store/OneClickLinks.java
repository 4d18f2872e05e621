package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ONE_CLICK_LINK;

import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkTarget;
import dev.sightline.model.LinkTarget.OfInvitation;
import dev.sightline.model.LinkTarget.OfRequest;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The links in mails, by the hashes of their tokens. A row says what a link was made for; whether
 * it still is alive is known by the request or the invitation.
 */
public final class OneClickLinks {
  private final Connections writes;
  private final Connections reads;

  OneClickLinks(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /**
   * A link.
   *
   * @param hash of its {@link dev.sightline.model.LinkToken}
   * @param generation the request's addressing or the invitation's sending that it was made for: it
   *     is alive as long as that stays
   * @param end from this very instant on it cannot be used; microsecond precision
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Link(
      byte[] hash, OrganizationId organization, LinkTarget target, int generation, Instant end) {}

  /** Adds links, all of them or none. */
  public void add(List<Link> links) {
    if (!links.isEmpty()) {
      writes.write(connection -> {
        var statement =
            Connections.statements(connection)
                .insertInto(
                    ONE_CLICK_LINK,
                    ONE_CLICK_LINK.HASH,
                    ONE_CLICK_LINK.ORGANIZATION_ID,
                    ONE_CLICK_LINK.REQUEST_ID,
                    ONE_CLICK_LINK.DECISION,
                    ONE_CLICK_LINK.USER_ID,
                    ONE_CLICK_LINK.GENERATION,
                    ONE_CLICK_LINK.ENDS_AT);
        for (Link link : links) {
          statement =
              statement.values(
                  link.hash,
                  link.organization.value(),
                  link.target instanceof OfRequest(var request, _) ? request.value() : null,
                  link.target instanceof OfRequest(_, var decision) ? decision : null,
                  link.target instanceof OfInvitation(var user) ? user.value() : null,
                  link.generation,
                  link.end);
        }
        return statement.execute();
      });
    }
  }

  /** The link whose token has this hash, alive or not; null if there is none, or none any more. */
  public @Nullable Link find(byte[] hash) {
    return reads.<@Nullable Link>read(connection ->
        Connections.statements(connection)
            .selectFrom(ONE_CLICK_LINK)
            .where(ONE_CLICK_LINK.HASH.eq(hash))
            .fetchOne(OneClickLinks::read));
  }

  /** Forgets the links that ended before an instant; gives how many there were. */
  public int purge(Instant endedBefore) {
    return writes.write(connection ->
        Connections.statements(connection)
            .deleteFrom(ONE_CLICK_LINK)
            .where(ONE_CLICK_LINK.ENDS_AT.lt(endedBefore))
            .execute());
  }

  private static Link read(Record row) {
    return new Link(
        row.get(ONE_CLICK_LINK.HASH),
        new OrganizationId(row.get(ONE_CLICK_LINK.ORGANIZATION_ID)),
        target(
            row.get(ONE_CLICK_LINK.REQUEST_ID),
            row.get(ONE_CLICK_LINK.DECISION),
            row.get(ONE_CLICK_LINK.USER_ID)),
        row.get(ONE_CLICK_LINK.GENERATION),
        row.get(ONE_CLICK_LINK.ENDS_AT));
  }

  private static LinkTarget target(
      @Nullable String request, @Nullable LinkDecision decision, @Nullable String user) {
    return request != null && decision != null
        ? new OfRequest(new RequestId(request), decision)
        : new OfInvitation(new UserId(Objects.requireNonNull(user, "user")));
  }
}
