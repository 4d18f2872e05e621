package dev.sightline.client;

import java.time.Duration;
import java.util.Collection;

/**
 * A client of a Sightline service. Make one for a process: it holds one connection to each node of
 * the service that it needs, is safe for threads, and remembers the positions that it has seen, so
 * that answers never go back. Connecting happens with the first call, and again whenever it must.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="connect"}
 */
public final class Sightline implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Scope scope;

  Sightline(Scope scope) {
    this.scope = scope;
  }

  /**
   * Begins to set up a client of the service at {@code host:port}. All addresses behind the name
   * are used, as those of the service's nodes; where nodes have names each, say them all.
   */
  public static SightlineBuilder connect(String target, String... more) {
    return new SightlineBuilder(Target.parse(target, more));
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

  /** Sets up a watch of the levels in these organizations, at least one. */
  public WatchBuilder watch(Collection<String> organizations) {
    return WatchBuilder.ofOrganizations(scope, organizations);
  }

  /** Sets up a watch of all organizations under this root, itself included, and those to come. */
  public WatchBuilder watchRealm(String root) {
    return WatchBuilder.ofRealm(scope, root);
  }

  /** Sets up a watch of all organizations there are and those to come. Needs a token for all. */
  public WatchBuilder watchEverything() {
    return WatchBuilder.ofEverything(scope);
  }

  /** What the near-cache has done so far, and what it holds. */
  public NearCacheStatistics nearCache() {
    var near = scope.near();
    return near == null ? new NearCacheStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0) : near.statistics();
  }

  /** What the people do who run the service: organizations, tokens, support agents. */
  public Operator operator() {
    return new Operator(operator(scope.completingOn(Runnable::run)));
  }

  /** The same calls, returning futures. */
  public AsyncOperator asyncOperator() {
    return operator(scope);
  }

  private static AsyncOperator operator(Scope scope) {
    return new AsyncOperator(new Acting(scope, ""));
  }

  /**
   * Ends all watches. Refuses new calls ({@link Code#CANCELLED}), lets those under way end for up
   * to five seconds, and ends the rest. Closing again does nothing.
   */
  @Override
  public void close() {
    scope.calls().close(GRACE);
  }
}
