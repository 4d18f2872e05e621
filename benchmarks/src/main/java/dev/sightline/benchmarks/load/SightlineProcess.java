package dev.sightline.benchmarks.load;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.store.ScratchDatabases;
import java.io.IOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A whole server that asks for tokens, on an empty database; the process under load. */
final class SightlineProcess {
  /** Held here, so that it keeps the level that it is given. */
  private static final Logger QUIET = Logger.getLogger("");

  private SightlineProcess() {}

  public static void main(String[] arguments) throws IOException {
    // PostgreSQL tells its whole life otherwise.
    QUIET.setLevel(Level.WARNING);
    try (var databases = ScratchDatabases.start(SightlineProcess::tell);
        var database = databases.create();
        var server = Server.start(ServerSettings.local(database.settings(), 0).withTokens())) {
      MeasuredProcess.serve(server.port(), Objects.requireNonNull(server.firstToken()).reveal());
    }
  }

  private static void tell(String progress) {
    System.err.println(progress);
  }
}
