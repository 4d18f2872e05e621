package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.DIRECTORY_EPOCH;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.change.Revision;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Organizations: written one transaction at a time under their row's lock, read from snapshots.
 *
 * <p>Every method throws {@link StoreUnavailable} if the database is away; safe for use by many
 * threads.
 */
public final class OrganizationStore {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connections writes;
  private final Connections reads;
  private final TimeSource time;
  private final Registration registration;

  OrganizationStore(
      Connections writes, Connections reads, TimeSource time, Registration registration) {
    this.writes = writes;
    this.reads = reads;
    this.time = time;
    this.registration = registration;
  }

  /**
   * Carries out one transaction (READ COMMITTED) that holds this organization's lock. What the work
   * throws rolls everything back and is thrown on. The work may be run again after it has lost a
   * race, against another transaction or against another creation of the same organization: so it
   * must do nothing but use its transaction.
   *
   * @throws CommitOutcomeUnknown if the connection was lost during the COMMIT
   * @throws StoreUnavailable also if the database does not have what this node has written of
   *     itself
   */
  public <R extends @Nullable Object> R write(
      OrganizationId organization, Function<? super OrganizationTransaction, ? extends R> work) {
    return writes.write(connection -> {
      OrganizationTransaction transaction = locked(connection, organization, Heads.BEGIN_NEW);
      R result = work.apply(transaction);
      finish(connection, List.of(transaction));
      return result;
    });
  }

  /**
   * As {@link #write}, in one transaction that holds several organizations' locks, each with a
   * revision of its own.
   *
   * @param organizations in the order in which they are locked: the realm's root first, then by id
   */
  public <R extends @Nullable Object> R writeAll(
      List<OrganizationId> organizations,
      Function<? super List<OrganizationTransaction>, ? extends R> work) {
    return writes.write(connection -> {
      List<OrganizationTransaction> transactions = new ArrayList<>();
      for (OrganizationId organization : organizations) {
        transactions.add(locked(connection, organization, Heads.READ_CLOCK));
      }
      R result = work.apply(List.copyOf(transactions));
      finish(connection, transactions);
      return result;
    });
  }

  /** The roots of these organizations' realms, which never change; those unknown are left out. */
  public Map<OrganizationId, OrganizationId> roots(Collection<OrganizationId> organizations) {
    String[] ids = organizations.stream().map(OrganizationId::value).toArray(String[]::new);
    return reads.read(connection ->
        Connections.statements(connection)
            .select(ORGANIZATION.ID, ORGANIZATION.ROOT)
            .from(ORGANIZATION)
            .where(ORGANIZATION.ID.eq(DSL.any(ids)))
            .fetchMap(
                row -> new OrganizationId(row.value1()), row -> new OrganizationId(row.value2())));
  }

  /**
   * The directory's epoch is renewed when all else is written: its row is one for all, so whoever
   * has locked it should have nothing left to do but commit. It is drawn at random: were it
   * counted, another log (a backup, a lost tail written past) could come to the same number.
   */
  private static void finish(Connection connection, List<OrganizationTransaction> transactions)
      throws SQLException {
    transactions.forEach(OrganizationTransaction::finish);
    if (transactions.stream().anyMatch(OrganizationTransaction::hasCreated)) {
      try (PreparedStatement statement = Heads.END_NEW.open(connection)) {
        statement.execute();
      }
      PendingStatements renewal = new PendingStatements();
      renewal.add(DIRECTORY_EPOCH, Texts.NEW_DIRECTORY_EPOCH, RANDOM.nextLong());
      renewal.send(connection);
    }
  }

  /**
   * @param otherwise reads the clock where there is no such organization, and nothing is locked
   */
  private OrganizationTransaction locked(
      Connection connection, OrganizationId organization, Prepared otherwise) throws SQLException {
    Registration.Beat due = registration.acknowledged();
    try (PreparedStatement statement = Heads.LOCK.open(connection)) {
      Prepared.bind(statement, organization.value(), Registration.node(due));
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          registration.require(due, row.getObject(2, Long.class));
          return new OrganizationTransaction(
              connection, organization, Heads.read(row, 3), time, Instants.of(row, 1));
        }
      }
    }
    return new OrganizationTransaction(
        connection, organization, null, time, clock(connection, otherwise, due));
  }

  private Instant clock(Connection connection, Prepared query, Registration.@Nullable Beat due)
      throws SQLException {
    try (PreparedStatement statement = query.open(connection)) {
      Prepared.bind(statement, Registration.node(due));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        registration.require(due, row.getObject(2, Long.class));
        return Instants.of(row, 1);
      }
    }
  }

  /**
   * Gives the sink an organization as of one snapshot, its head included.
   *
   * @return where it stands; null if it does not exist, and then the sink was not called
   * @throws StoreFault if the rows are not as many as the organization's counts say
   * @throws StoreUnavailable also if the database does not have what this node has written of
   *     itself
   */
  public @Nullable Head load(OrganizationId organization, FactSink sink) {
    return reads.read(connection -> Loader.load(connection, registration, organization, sink));
  }

  /** At most so many of the revisions after this one, oldest first, with profiles withheld. */
  public List<Revision> revisions(OrganizationId organization, long after, int limit) {
    return reads.read(connection -> Log.revisions(connection, organization, after, limit));
  }

  /** Where a revision led; null if the log has no such revision. */
  public @Nullable Position positionAt(OrganizationId organization, long revision) {
    return reads.<@Nullable Position>read(
        connection -> Log.positionAt(connection, organization, revision));
  }

  /** Recomputes the log's hashes; null if the organization does not exist. */
  public @Nullable ChainCheck verifyChain(OrganizationId organization) {
    return reads.read(connection -> Log.verify(connection, organization));
  }

  /** What was answered to this caller's key, or null: resolves a {@link CommitOutcomeUnknown}. */
  public @Nullable StoredResponse response(OrganizationId organization, String caller, String key) {
    return reads.read(connection ->
        IdempotencyKeys.find(Connections.statements(connection), organization, caller, key));
  }

  /** Forgets the answers of this organization older than this; returns how many. */
  public int purgeResponses(OrganizationId organization, Instant before) {
    return writes.write(connection ->
        IdempotencyKeys.purge(Connections.statements(connection), organization, before));
  }
}
