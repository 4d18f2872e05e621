package dev.sightline.cli;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.TestDatabases;
import dev.sightline.store.ScratchDatabases;

/** A real, empty server for the tests of the command line, whose local callers need no token. */
final class ServerUnderTest implements AutoCloseable {
  private final ScratchDatabases.Scratch database;
  private final int port;
  private Server server;

  private ServerUnderTest(ScratchDatabases.Scratch database) {
    this.database = database;
    this.server = Server.start(ServerSettings.local(database.settings(), 0));
    this.port = server.port();
  }

  /** Starts one on a free port. */
  static ServerUnderTest start() {
    return new ServerUnderTest(TestDatabases.shared().create());
  }

  /** Where it listens, as {@code --server} takes it. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends it; its data stays. */
  void stop() {
    server.close();
  }

  /** Starts another one on the same port and the same data. */
  void startAgain() {
    server = Server.start(ServerSettings.local(database.settings(), port));
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
