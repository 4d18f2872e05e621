package dev.sightline;

import dev.sightline.cache.DatabaseClock;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.Database;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.ScratchDatabases;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DashboardServiceGrpc.DashboardServiceBlockingStub;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.SupportAccessServiceGrpc.SupportAccessServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole service on a database of its own: as many nodes as a test asks for. */
final class TestService implements AutoCloseable {
  private static final long GRAPH_MEMORY = 256L << 20;

  private final ScratchDatabases.Scratch database;
  private final DatabaseSettings settings;
  private final DatabaseClock clock;
  private final Duration maxStaleness;
  private final List<Node> nodes = new ArrayList<>();

  private TestService(@Nullable StoryClock story, Duration maxStaleness) {
    this.database = TestDatabases.shared().create();
    DatabaseSettings plain = database.settings().withConnections(3, 3);
    this.settings = story == null ? plain : plain.withTime(_ -> story.now());
    this.clock = story == null ? DatabaseClock.measured() : story;
    this.maxStaleness = maxStaleness;
  }

  /** A service whose proofs a slow machine keeps renewing in time; on the database's clock. */
  static TestService start() {
    return start(Duration.ofSeconds(20));
  }

  static TestService start(Duration maxStaleness) {
    return new TestService(null, maxStaleness);
  }

  static TestService at(StoryClock clock) {
    return new TestService(clock, Duration.ofSeconds(20));
  }

  /** Starts another node. */
  Node node() {
    return node(DatabaseClock.measured());
  }

  private Node node(DatabaseClock measured) {
    DatabaseClock own = clock instanceof StoryClock ? clock : measured;
    Node node = new Node(Server.start(serving(own, 0)));
    nodes.add(node);
    return node;
  }

  /** How a node of this service serves. */
  ServerSettings serving(DatabaseClock clock, int port) {
    return new ServerSettings(
        "127.0.0.1", port, null, true, settings, maxStaleness, clock, GRAPH_MEMORY);
  }

  DatabaseSettings settings() {
    return settings;
  }

  /** What the log's verifier says, with the organization's revision if it is whole. */
  ChainCheck chain(String organization) {
    try (Database open = Database.open(settings)) {
      return open.organizations().verifyChain(new OrganizationId(organization));
    }
  }

  /** The last record of an organization's log, as it is kept. */
  String lastRecord(String organization) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT convert_from(body, 'UTF8') FROM log_record WHERE organization_id = ?"
                    + " ORDER BY revision DESC, number DESC LIMIT 1")) {
      statement.setString(1, organization);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** What a query says in the first column of its first row; empty if there is none. */
  String text(String query) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getString(1) != null ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does behind the service's back what nobody should. */
  void execute(String sql) {
    try (var connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    database.close();
  }

  /** A running node and the ways to call it. */
  static final class Node implements AutoCloseable {
    private final Server server;
    final ManagedChannel channel;
    final AccessServiceBlockingStub access;
    final DashboardServiceBlockingStub dashboards;
    final DirectoryServiceBlockingStub directory;
    final SupportAccessServiceBlockingStub support;

    Node(Server server) {
      this.server = server;
      channel = channel(server.port());
      access = AccessServiceGrpc.newBlockingStub(channel);
      dashboards = DashboardServiceGrpc.newBlockingStub(channel);
      directory = DirectoryServiceGrpc.newBlockingStub(channel);
      support = SupportAccessServiceGrpc.newBlockingStub(channel);
    }

    static ManagedChannel channel(int port) {
      return NettyChannelBuilder.forAddress("127.0.0.1", port)
          .usePlaintext()
          .maxInboundMessageSize(64 << 20)
          .build();
    }

    int port() {
      return server.port();
    }

    Server server() {
      return server;
    }

    /** Closing again does nothing. */
    @Override
    public void close() {
      if (!channel.isShutdown()) {
        channel.shutdownNow();
        server.close();
      }
    }
  }
}
