package dev.sightline.junit;

import dev.sightline.store.ScratchDatabases;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL with its data in a temporary folder, and the servers on it. */
final class TestServers implements AutoCloseable {
  private final ScratchDatabases databases;
  private final Thread closing = new Thread(this::stop, "sightline-junit-stop");
  private @Nullable TestServer shared;
  private boolean stopped;

  private TestServers(ScratchDatabases databases) {
    this.databases = databases;
  }

  /** Starts PostgreSQL, which takes some seconds. */
  static TestServers start() {
    silenceJooq();
    var servers = new TestServers(ScratchDatabases.start(_ -> {}));
    // A run that is broken off would leave PostgreSQL behind.
    Runtime.getRuntime().addShutdownHook(servers.closing);
    return servers;
  }

  private static void silenceJooq() {
    for (String greeting : new String[] {"org.jooq.no-logo", "org.jooq.no-tips"}) {
      if (System.getProperty(greeting) == null) {
        System.setProperty(greeting, "true");
      }
    }
  }

  /** The server with the real time, which is started when it is first asked for. */
  synchronized TestServer shared() {
    if (shared == null) {
      shared = TestServer.start(databases.create());
    }
    return shared;
  }

  /** A new server for whoever sets its clock. */
  TestServer withClock(Instant start) {
    var clock = new TestClock(start);
    return TestServer.start(databases.create(), clock);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(closing);
    } catch (IllegalStateException _) {
      // The process is ending: the hook runs already, and stops what is left.
    }
    stop();
  }

  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    if (shared != null) {
      shared.close();
    }
    databases.close();
  }
}
