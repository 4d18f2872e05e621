package dev.sightline.junit;

import dev.sightline.Server;
import dev.sightline.ServerSettings;
import dev.sightline.client.NewOrganization;
import dev.sightline.client.NewUser;
import dev.sightline.client.Sightline;
import dev.sightline.store.ScratchDatabases.Scratch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A running server on a database of its own: real, but for its clock, if it is given one. */
final class TestServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Scratch database;
  private final Server server;
  private final @Nullable TestClock clock;
  private final AtomicInteger organizations = new AtomicInteger();

  private TestServer(Scratch database, Server server, @Nullable TestClock clock) {
    this.database = database;
    this.server = server;
    this.clock = clock;
  }

  /** For many tests at once. */
  static TestServer start(Scratch database) {
    return start(database, ServerSettings.local(database.settings(), 0), null);
  }

  /** For one test: with few connections, so that many run beside each other. */
  static TestServer start(Scratch database, TestClock clock) {
    var settings = ServerSettings.local(database.settings().withConnections(2, 2), 0);
    return start(database, settings.withStory(clock.story()), clock);
  }

  private static TestServer start(
      Scratch database, ServerSettings settings, @Nullable TestClock clock) {
    try {
      return new TestServer(database, Server.start(settings), clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  String target() {
    return HOST + ":" + server.port();
  }

  /** Null: it goes by the real time. */
  @Nullable TestClock clock() {
    return clock;
  }

  /**
   * A new client, as patient as a machine may be busy: a short deadline is the test's to set. It
   * asks every time, because the test's clock may go on while what is held is counted on this one.
   */
  Sightline connect() {
    return Sightline.connect(target()).deadline(DEADLINE).withoutNearCache().open();
  }

  /** Makes an organization that nobody has had, with its first admin. */
  TestOrganization newOrganization(Sightline client) {
    String id = "organization-" + organizations.incrementAndGet();
    var admin = NewUser.of("Admin", "admin@example.org").withId(SightlineExtension.ADMIN);
    client.operator().createOrganization(NewOrganization.of(id, admin).withId(id));
    return new TestOrganization(target(), id);
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
