package dev.sightline.history;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.store.DatabaseSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A node in a process of its own. It says where it serves, and goes when whoever started it goes.
 */
final class HistoryNode {
  static final String SERVES = "history node serves on ";
  private static final int CONNECTIONS = 4;
  private static final long GRAPH_MEMORY = 32L << 20;

  private HistoryNode() {}

  /** Takes the database's URL and user, and max-staleness in milliseconds. */
  public static void main(String[] arguments) throws InterruptedException {
    var database =
        DatabaseSettings.of(arguments[0], arguments[1], "")
            .withConnections(CONNECTIONS, CONNECTIONS);
    var bound = Duration.ofMillis(Long.parseLong(arguments[2]));
    var settings =
        new ServerSettings(
            "127.0.0.1", 0, null, true, database, bound, DatabaseClock.measured(), GRAPH_MEMORY);
    Server server = Server.start(settings);
    System.out.println(SERVES + server.port());
    Thread.ofPlatform().daemon().start(HistoryNode::endWithParent);
    new CountDownLatch(1).await();
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    } catch (IOException e) {
      // Gone, too.
    }
    Runtime.getRuntime().halt(0);
  }
}
