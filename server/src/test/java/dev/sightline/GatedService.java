package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.ScratchDatabases;
import java.time.Duration;

/** A node that reaches its database through a gate, and the same database past the gate. */
final class GatedService implements AutoCloseable {
  private static final Duration MAX_STALENESS = Duration.ofSeconds(20);
  private static final long GRAPH_MEMORY = 64 << 20;

  private final ScratchDatabases.Scratch scratch;
  private final Database behind;
  final Gate gate;
  final Node node;

  private GatedService(ScratchDatabases.Scratch scratch, String options) {
    this.scratch = scratch;
    DatabaseSettings own = scratch.settings().withConnections(2, 2);
    behind = Database.open(own);
    gate = new Gate(Gate.port(own));
    DatabaseSettings asked =
        DatabaseSettings.of(own.url() + options, own.user(), own.password()).withConnections(2, 2);
    node =
        new Node(
            Server.start(
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    null,
                    true,
                    gate.through(asked),
                    MAX_STALENESS,
                    DatabaseClock.measured(),
                    GRAPH_MEMORY)));
  }

  /**
   * Starts a node on a database of its own.
   *
   * @param options of pgjdbc for the node's connections: each begins with {@code &}
   */
  static GatedService start(String options) {
    return new GatedService(TestDatabases.shared().create(), options);
  }

  /** The revision that the database has behind the gate, of a log that is whole. */
  long revision(String organization) {
    return assertInstanceOf(
            ChainCheck.Intact.class,
            behind.organizations().verifyChain(new OrganizationId(organization)))
        .revision();
  }

  /** The database, past the gate. */
  DatabaseSettings settings() {
    return scratch.settings();
  }

  /** Lets everything through again. */
  void open() {
    gate.open(gate.target());
  }

  @Override
  public void close() {
    gate.close();
    node.close();
    behind.close();
    scratch.close();
  }
}
