package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.NODE;

import dev.sightline.store.Registration.Beat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The nodes of this installation, and this one among them. */
public final class Nodes {
  private final Connections writes;
  private final Connections reads;
  private final Registration registration;

  Nodes(Connections writes, Connections reads, Registration registration) {
    this.writes = writes;
    this.reads = reads;
    this.registration = registration;
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
            .execute());
    return made;
  }

  /** Every node that may answer, this one included: those that were registered before this call. */
  public Set<String> names() {
    return beats().keySet();
  }

  /**
   * The same, with a number each that is another one after each renewal.
   *
   * @throws StoreUnavailable also if it is asked of a database that does not have this node's row
   *     as it was written: of a standby, or of another one
   */
  public Map<String, Long> beats() {
    Beat due = registration.acknowledged();
    Map<String, Long> beats =
        reads.read(connection ->
            Connections.statements(connection)
                .select(NODE.ID, NODE.BEAT)
                .from(NODE)
                .fetchMap(NODE.ID, NODE.BEAT));
    registration.require(due, beats.get(Registration.node(due)));
    return beats;
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
