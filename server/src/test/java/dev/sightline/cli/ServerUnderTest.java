package dev.sightline.cli;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.TestDatabases;

/**
 * A real, empty server for the tests of the command line.
 *
 * @param address where it listens, as {@code --server} takes it
 * @param stop ends it
 */
record ServerUnderTest(String address, Runnable stop) implements AutoCloseable {
  /** Starts one on a free port, whose local callers need no token. */
  static ServerUnderTest start() {
    var database = TestDatabases.shared().create();
    Server server = Server.start(ServerSettings.local(database.settings(), 0));
    return new ServerUnderTest(
        "127.0.0.1:" + server.port(),
        () -> {
          server.close();
          database.close();
        });
  }

  @Override
  public void close() {
    stop.run();
  }
}
