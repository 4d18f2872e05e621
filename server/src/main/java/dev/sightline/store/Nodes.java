package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.NODE;

import dev.sightline.store.Registration.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The nodes of this installation, and this one among them. */
public final class Nodes {
  private static final Field<Instant> SERVER_SINCE =
      DSL.function("pg_postmaster_start_time", SQLDataType.INSTANT);

  private final Connections writes;
  private final Connections reads;
  private final Registration registration;
  private final Duration maxStaleness;

  /**
   * A node's row.
   *
   * @param beat another number after each renewal
   * @param maxStaleness for how long what it answers may be honoured
   */
  public record Row(long beat, Duration maxStaleness) {}

  /**
   * Which nodes there are.
   *
   * @param asking the name that this node had when it asked
   * @param serverSince when the server was started that has answered: another one has another time,
   *     and so has this one once it was started again
   * @param rows by name
   */
  public record Listed(String asking, Instant serverSince, Map<String, Row> rows) {
    public Listed {
      rows = Map.copyOf(rows);
    }
  }

  /**
   * @param maxStaleness this node's
   */
  Nodes(Connections writes, Connections reads, Registration registration, Duration maxStaleness) {
    this.writes = writes;
    this.reads = reads;
    this.registration = registration;
    this.maxStaleness = maxStaleness;
  }

  /**
   * Is called whenever this node's row is not found as it was written; returns at once. From then
   * on nothing is proof until {@link #renew} has succeeded.
   */
  public void whenLost(Runnable renewal) {
    registration.whenLost(renewal);
  }

  /**
   * Writes that this node is there, under a new name at the first time and whenever its row is not
   * as it left it. What is read afterwards is proof only where that can be seen.
   *
   * @return the node's name
   * @throws StoreUnavailable if the database is away
   */
  public String renew() {
    Beat before = registration.acknowledged();
    Beat after = before == null ? null : renewed(before);
    if (after == null) {
      after = registered();
    }
    registration.acknowledge(after);
    return after.node();
  }

  /** The row one beat further; null if it is not where it was. */
  private @Nullable Beat renewed(Beat before) {
    Long number =
        writes.<@Nullable Long>write(connection ->
            Connections.statements(connection)
                .update(NODE)
                .set(NODE.BEAT, NODE.BEAT.plus(1))
                .where(NODE.ID.eq(before.node()), NODE.BEAT.ge(before.number()))
                .returningResult(NODE.BEAT)
                .fetchOne(NODE.BEAT));
    return number == null ? null : new Beat(before.node(), number);
  }

  private Beat registered() {
    Beat made = new Beat(UUID.randomUUID().toString(), 1);
    writes.write(connection ->
        Connections.statements(connection)
            .insertInto(NODE)
            .set(NODE.ID, made.node())
            .set(NODE.BEAT, made.number())
            .set(NODE.MAX_STALENESS_MS, maxStaleness.toMillis())
            .execute());
    return made;
  }

  /**
   * Every node that may answer, this one included: those that were registered before this call.
   *
   * @throws StoreUnavailable also if it is asked of a database that does not have this node's row
   *     as it was written: of a standby, or of another one
   */
  public Listed list() {
    Beat due = registration.acknowledged();
    var read =
        reads.read(connection ->
            Connections.statements(connection)
                .select(NODE.ID, NODE.BEAT, NODE.MAX_STALENESS_MS, SERVER_SINCE, Heads.IN_RECOVERY)
                .from(NODE)
                .fetch());
    if (read.isNotEmpty() && read.getFirst().value5()) {
      throw StoreUnavailable.standby();
    }
    Map<String, Row> rows =
        read.intoMap(
            row -> row.value1(), row -> new Row(row.value2(), Duration.ofMillis(row.value3())));
    Row own = rows.get(Registration.node(due));
    registration.require(due, own == null ? null : own.beat());
    Instant serverSince = read.isEmpty() ? Instant.EPOCH : read.getFirst().value4();
    return new Listed(Registration.node(due), serverSince, rows);
  }

  /** Removes a node, unless it has been renewed since. */
  public void remove(String node, long beat) {
    writes.write(connection ->
        Connections.statements(connection)
            .deleteFrom(NODE)
            .where(NODE.ID.eq(node), NODE.BEAT.eq(beat))
            .execute());
  }

  /** Removes this node. From now on nothing that it reads is proof. */
  public void leave() {
    Beat last = registration.acknowledged();
    if (last != null) {
      writes.write(connection ->
          Connections.statements(connection)
              .deleteFrom(NODE)
              .where(NODE.ID.eq(last.node()))
              .execute());
    }
  }
}
