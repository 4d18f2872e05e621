package dev.sightline.junit;

import dev.sightline.client.Actor;
import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What a test has to itself: an organization, a client, and a server if it sets the clock. */
final class TestWorld implements AutoCloseable {
  private final TestServer server;
  private final TestOrganization place;
  private final Sightline client;

  private TestWorld(TestServer server) {
    this.server = server;
    // A client of its own: the code under test may close it.
    this.client = server.connect();
    this.place = newOrganization();
  }

  private TestOrganization newOrganization() {
    try {
      return server.newOrganization(client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** On the server that all share, or on one of its own if its clock is to start at an instant. */
  static TestWorld on(TestServers servers, @Nullable Instant clockStart) {
    if (clockStart == null) {
      return new TestWorld(servers.shared());
    }
    TestServer own = servers.withClock(clockStart);
    try {
      return new TestWorld(own);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  Sightline client() {
    return client;
  }

  Organization organization() {
    return client.organization(place.id());
  }

  Actor admin() {
    return organization().as(SightlineExtension.ADMIN);
  }

  TestOrganization place() {
    return place;
  }

  TestClock clock() {
    TestClock clock = server.clock();
    if (clock == null) {
      throw new ParameterResolutionException(
          "This test was already given an organization on the server that all tests share, whose"
              + " clock nobody sets. Ask for the TestClock in the test method, in @BeforeEach or in"
              + " the constructor.");
    }
    return clock;
  }

  @Override
  public void close() {
    client.close();
    if (server.clock() != null) {
      server.close();
    }
  }
}
