package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.DIRECTORY_EPOCH;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.TOKEN_EPOCH;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Tells where organizations stand now, on connections that serve nothing else and give up after
 * half of max-staleness: so a proof never waits behind writers, and a database that does not answer
 * is noticed in time.
 */
public final class Proofs {
  /**
   * INVARIANT: of before the snapshot, so that what is seen was current when the clock showed this
   * or later. The clock itself may be read long after the snapshot was taken; in PostgreSQL's
   * extended protocol, so is the time of the statement, which is that of its last message.
   */
  private static final Field<Instant> CLOCK =
      DSL.function("transaction_timestamp", SQLDataType.INSTANT);

  /** A row for each organization that exists, or one row without if none of them does. */
  private static final Prepared PROVE =
      Prepared.of(
          DSL.select(
                  Heads.IN_RECOVERY,
                  CLOCK,
                  TOKEN_EPOCH.EPOCH,
                  DIRECTORY_EPOCH.EPOCH,
                  Heads.OWN_BEAT,
                  ORGANIZATION.ID,
                  ORGANIZATION.REVISION,
                  ORGANIZATION.HEAD,
                  ORGANIZATION.FINGERPRINT)
              .from(TOKEN_EPOCH)
              .crossJoin(DIRECTORY_EPOCH)
              .leftJoin(ORGANIZATION)
              .on(
                  ORGANIZATION.ID.eq(
                      DSL.any(DSL.param("ids", ORGANIZATION.ID.getDataType().array())))));

  private final DataSource pool;
  private final Duration limit;
  private final Registration registration;

  Proofs(DataSource pool, Duration limit, Registration registration) {
    this.pool = pool;
    this.registration = registration;
    this.limit = limit;
  }

  /**
   * Where an organization stands.
   *
   * @param hash of its log's last record
   * @param fingerprint of its graph, as the last writer left it
   */
  public record ProvenHead(long revision, LogHash hash, long fingerprint) {}

  /**
   * What one query has seen.
   *
   * @param heads by id; an organization asked for that is not here is proven not to exist
   * @param tokenEpoch as {@link ApiTokens#epoch}
   * @param directoryEpoch another number after each creation of an organization; while it is the
   *     same, no other organization has come to exist
   * @param databaseTime what the database's clock showed after the query had come and before it was
   *     answered from
   */
  public record Proof(
      Map<OrganizationId, ProvenHead> heads,
      long tokenEpoch,
      long directoryEpoch,
      Instant databaseTime) {
    public Proof {
      heads = Map.copyOf(heads);
    }

    /** Where the organization stands, or null if it does not exist. */
    public @Nullable ProvenHead head(OrganizationId organization) {
      return heads.get(organization);
    }
  }

  /**
   * Where these organizations stand, in one query that sees everything committed before it was
   * sent.
   *
   * @throws StoreUnavailable if the database does not answer in time, or is a standby, which may
   *     lag behind, or does not have what this node has written of itself
   */
  public Proof prove(Collection<OrganizationId> organizations) {
    String[] ids = organizations.stream().map(OrganizationId::value).toArray(String[]::new);
    Registration.Beat due = registration.acknowledged();
    try (Connection connection = pool.getConnection()) {
      connection.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
      try (PreparedStatement statement = PROVE.open(connection)) {
        Prepared.bind(statement, Registration.node(due), ids);
        try (ResultSet rows = statement.executeQuery()) {
          return proof(rows, ids.length, due);
        }
      }
    } catch (SQLException e) {
      throw SqlFailures.translated(e);
    }
  }

  private Proof proof(ResultSet rows, int expected, Registration.@Nullable Beat due)
      throws SQLException {
    Map<OrganizationId, ProvenHead> heads = HashMap.newHashMap(expected);
    Instant clock = null;
    long tokenEpoch = 0;
    long directoryEpoch = 0;
    while (rows.next()) {
      if (clock == null) {
        if (rows.getBoolean(1)) {
          throw StoreUnavailable.standby();
        }
        clock = Instants.of(rows, 2);
        tokenEpoch = rows.getLong(3);
        directoryEpoch = rows.getLong(4);
        registration.require(due, rows.getObject(5, Long.class));
      }
      String id = rows.getString(6);
      if (id != null) {
        heads.put(
            new OrganizationId(id),
            new ProvenHead(rows.getLong(7), LogHash.of(rows.getBytes(8)), rows.getLong(9)));
      }
    }
    if (clock == null) {
      throw new StoreFault(
          "a row is missing that counts the changes of tokens or the creations of organizations");
    }
    return new Proof(heads, tokenEpoch, directoryEpoch, clock);
  }
}
