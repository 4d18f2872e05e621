package dev.sightline.history;

import dev.sightline.history.NodeProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three nodes on one database. Each node reaches the database, and is reached, through lines of its
 * own: whatever becomes of it, its address stays. All nodes have one port, on an address each.
 */
final class Cluster implements AutoCloseable {
  static final int NODES = 3;

  /** All of 127.0.0.0/8 is this machine on Linux. */
  private static final String ADDRESS = "127.0.77.1";

  private final Path folder;
  private final Duration bound;
  private final Launch launch;
  private final List<Line> toDatabase = new ArrayList<>();
  private final List<Line> toNode = new ArrayList<>();
  private final NodeProcess[] nodes = new NodeProcess[NODES];
  private final int port;
  private volatile Postgres database;

  private Cluster(Path folder, Duration bound, Launch launch) throws IOException {
    this.folder = folder;
    this.bound = bound;
    this.launch = launch;
    database = Postgres.start(folder.resolve("database"));
    port = freePort();
    for (int node = 0; node < NODES; node++) {
      toDatabase.add(new Line("127.0.0.1", 0));
      toNode.add(new Line(address(node), port));
    }
  }

  static Cluster start(Path folder, Duration bound, Launch launch) throws IOException {
    Cluster cluster = new Cluster(folder, bound, launch);
    try {
      cluster.leadToDatabase();
      for (int node = 0; node < NODES; node++) {
        cluster.startNode(node, Launch.PLAIN);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address(0)))) {
      return socket.getLocalPort();
    }
  }

  static String address(int node) {
    return ADDRESS + node;
  }

  /** The port that all nodes have. */
  int port() {
    return port;
  }

  Duration bound() {
    return bound;
  }

  Path folder() {
    return folder;
  }

  Postgres database() {
    return database;
  }

  /** Another database takes the old one's place; lines still lead to the old one. */
  void replaceDatabase(Postgres other) {
    database = other;
  }

  /** New connections of all nodes lead to the database where it is by now. */
  void leadToDatabase() {
    toDatabase.forEach(line -> line.leadTo(database.port()));
  }

  Line toDatabase(int node) {
    return toDatabase.get(node);
  }

  List<Line> toDatabase() {
    return toDatabase;
  }

  List<Line> toNode() {
    return toNode;
  }

  Line toNode(int node) {
    return toNode.get(node);
  }

  NodeProcess node(int node) {
    return nodes[node];
  }

  /** Starts it, and lets clients reach it. */
  void startNode(int node, Launch more) throws IOException {
    startUnreached(node, more);
    toNode.get(node).leadTo(nodes[node].port());
  }

  void startUnreached(int node, Launch more) throws IOException {
    var settings = database.through(toDatabase.get(node).port());
    var started =
        NodeProcess.start(
            launch.with(more),
            List.of(settings.url(), settings.user(), Long.toString(bound.toMillis())),
            folder.resolve("node" + node + ".txt"));
    nodes[node] = started;
  }

  /** What a machine does that loses its power: its connections end for nobody knows why. */
  void killNode(int node) {
    nodes[node].kill();
    toNode.get(node).leadTo(0);
    toNode.get(node).cut();
  }

  @Override
  public void close() {
    for (NodeProcess node : nodes) {
      if (node != null && node.isAlive()) {
        node.kill();
      }
    }
    toNode.forEach(Line::close);
    toDatabase.forEach(Line::close);
    try {
      database.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
