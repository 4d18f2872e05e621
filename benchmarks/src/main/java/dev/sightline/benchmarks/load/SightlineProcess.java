package dev.sightline.benchmarks.load;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A whole server that asks for tokens, on a database that is there; the process under load. The
 * first on its database has the operator's token for a secret.
 */
final class SightlineProcess {
  /** Held here, so that it keeps the level that it is given. */
  private static final Logger QUIET = Logger.getLogger("");

  private SightlineProcess() {}

  static Target start(DatabaseSettings database, Path jvmOptions) throws IOException {
    return Target.start(
        SightlineProcess.class, jvmOptions, database.url(), database.user(), database.password());
  }

  /** Takes the database's URL, user and password. */
  public static void main(String[] arguments) throws IOException {
    // PostgreSQL tells its whole life otherwise.
    QUIET.setLevel(Level.WARNING);
    var database = DatabaseSettings.of(arguments[0], arguments[1], arguments[2]);
    try (var server = Server.start(ServerSettings.local(database, 0).withTokens())) {
      var first = server.firstToken();
      MeasuredProcess.serve(server.port(), first == null ? "none" : first.reveal());
    }
  }
}
