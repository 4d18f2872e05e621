package dev.sightline.client;

import java.time.Duration;

/**
 * A client of a Sightline service. Make one for a process: it holds one connection to each node of
 * the service, is safe for threads, and remembers the positions that it has seen, so that answers
 * never go back. Connecting happens with the first call, and again whenever it must.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="connect"}
 */
public final class Sightline implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Scope scope;

  Sightline(Scope scope) {
    this.scope = scope;
  }

  /** Begins to set up a client of the service at {@code host:port}. */
  public static SightlineBuilder connect(String target) {
    return new SightlineBuilder(target);
  }

  /** One organization of the service; it need not exist. */
  public Organization organization(String id) {
    return new Organization(scope.of(id));
  }

  /**
   * The organization that was given to {@link SightlineBuilder#defaultOrganization}.
   *
   * @throws IllegalStateException if none was
   */
  public Organization defaultOrganization() {
    if (scope.organization().isEmpty()) {
      throw new IllegalStateException(
          "There is no default organization; set one with defaultOrganization(id) on connecting.");
    }
    return new Organization(scope);
  }

  /**
   * Refuses new calls ({@link Code#CANCELLED}), lets those under way end for up to five seconds,
   * and ends the rest. Closing again does nothing.
   */
  @Override
  public void close() {
    scope.calls().close(GRACE);
  }
}
