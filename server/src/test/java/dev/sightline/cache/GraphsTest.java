package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.TestDatabases;
import dev.sightline.change.Change;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Sha256;
import dev.sightline.store.Author;
import dev.sightline.store.Database;
import dev.sightline.store.Proofs.ProvenHead;
import dev.sightline.store.ScratchDatabases;
import dev.sightline.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a write has to do with the graphs that are held. */
class GraphsTest {
  private static final OrganizationId ACME = new OrganizationId("acme");

  private final ScratchDatabases.Scratch scratch = TestDatabases.shared().create();
  private final Database database = Database.open(scratch.settings().withConnections(2, 2));
  private final GraphLoader loader = new GraphLoader(database.organizations(), database.proofs());
  private final Graphs graphs =
      new Graphs(
          loader,
          new Staleness(Duration.ofSeconds(20)),
          DatabaseClock.measured(),
          Lease.UNLIMITED,
          64 << 20);

  @AfterEach
  void close() {
    graphs.close();
    database.close();
    scratch.close();
  }

  private Position create() {
    List<Change> changes =
        List.of(new OrganizationChanged(null, new OrganizationFacts("Acme", null)));
    OrgGraph empty = OrgGraph.empty(ACME);
    return database
        .organizations()
        .write(
            ACME,
            transaction -> {
              Instant now = transaction.now();
              Position next = new Position(1, empty.position().head(), now);
              long fingerprint = empty.applied(new Revision(next, changes)).fingerprint();
              return transaction.append(new Author(null, null, "tests"), now, changes, fingerprint);
            });
  }

  /** While one database takes another's place, some connections may lead to either. */
  @Test
  void a_write_whose_lock_is_in_another_database_than_what_is_loaded_is_refused_as_away() {
    Position here = create();
    var there = new ProvenHead(here.revision(), LogHash.of(Sha256.of("elsewhere")), 0);
    GraphLoader.LogReader log = loader.reader(ACME);
    assertThrows(StoreUnavailable.class, () -> graphs.atHead(ACME, there, log));
    assertNull(graphs.peek(ACME));
  }

  /** Nothing was locked: another node may have created it meanwhile. */
  @Test
  void a_write_to_what_is_not_there_says_nothing_of_whether_it_is() {
    graphs.committed(ACME, OrgGraph.empty(ACME), List.of(), System.nanoTime());
    assertFalse(graphs.isHeld(ACME));
  }
}
