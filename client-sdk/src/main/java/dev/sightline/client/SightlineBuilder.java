package dev.sightline.client;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link Sightline}. Nothing is needed for a service on the same machine that asks for no
 * token; else a token is. Not safe for threads.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="setup"}
 */
public final class SightlineBuilder {
  private static final int MOST_POSITIONS = 10_000;
  // A page of 10,000 dashboards whose names are as long as they may be.
  private static final int LARGEST_MESSAGE = 16 << 20;
  private static final int KEEPALIVE_SECONDS = 30;
  private static final int KEEPALIVE_TIMEOUT_SECONDS = 5;

  private final Target target;
  private Encryption encryption = new Encryption.ByTarget();
  private Duration deadline = Duration.ofSeconds(2);
  private Freshness freshness = Freshness.asSeen();
  private String defaultOrganization = "";
  private boolean streamsChecks;
  private @Nullable NearCacheOptions nearCache = NearCacheOptions.standard();
  private int nodesPerOrganization = 1;
  private Executor executor = Thread::startVirtualThread;
  private CallOptions options = CallOptions.DEFAULT;

  SightlineBuilder(Target target) {
    this.target = target;
  }

  /** With this API token. */
  public SightlineBuilder token(String token) {
    options = options.withCallCredentials(new BearerToken(() -> token, Runnable::run));
    return this;
  }

  /**
   * With the API token that this supplies, asked before every attempt on a thread of its own, so it
   * may block. If it throws, the call fails with {@link Code#UNAUTHENTICATED}.
   */
  public SightlineBuilder token(Supplier<String> token) {
    options = options.withCallCredentials(new BearerToken(token, Thread::startVirtualThread));
    return this;
  }

  /** Over TLS on loopback, too; elsewhere that is so if nothing is said. */
  public SightlineBuilder tls() {
    encryption = new Encryption.Tls();
    return this;
  }

  /** Over TLS, trusting only the certificate authorities in this PEM file. */
  public SightlineBuilder trust(Path authorities) {
    encryption = new Encryption.Trusting(authorities);
    return this;
  }

  /** Without encryption: whoever is on the way can read the token. On loopback by default. */
  public SightlineBuilder plaintext() {
    encryption = new Encryption.Plaintext();
    return this;
  }

  /** How long a call may take, attempts included, unless it says so itself. Default: 2 s. */
  public SightlineBuilder deadline(Duration deadline) {
    this.deadline = Scope.positive(deadline);
    return this;
  }

  /** How fresh answers must be, unless a call says so itself. Default: {@link Freshness#asSeen}. */
  public SightlineBuilder freshness(Freshness freshness) {
    this.freshness = freshness;
    return this;
  }

  /** What {@link Sightline#defaultOrganization} stands for. */
  public SightlineBuilder defaultOrganization(String id) {
    defaultOrganization = id;
    return this;
  }

  /**
   * Single checks ({@link Organization#canView}, {@link Organization#canEdit}, {@link
   * Organization#check}) go over one stream that stays open, rather than in a call each: for
   * processes that ask thousands a second, at a fraction of the cost. Nothing else is different. Up
   * to a thousand are on their way at once and the next 100,000 wait for their turn; more are
   * RESOURCE_EXHAUSTED, reason TOO_MANY_WAITING. All go to one node of the service, until it is
   * gone.
   *
   * {@snippet file="dev/sightline/client/Examples.java" region="streamed"}
   */
  public SightlineBuilder streamChecks() {
    streamsChecks = true;
    return this;
  }

  /**
   * How answers are held and given again without asking, which they are unless {@link
   * #withoutNearCache} is said: single checks, and lists of ids, of organizations that the token
   * may watch. They keep what {@link Freshness} promises. Default: {@link
   * NearCacheOptions#standard}.
   *
   * {@snippet file="dev/sightline/client/Examples.java" region="nearcache"}
   */
  public SightlineBuilder nearCache(NearCacheOptions options) {
    nearCache = options;
    return this;
  }

  /** Every question is asked, and nothing is watched that the caller does not watch. */
  public SightlineBuilder withoutNearCache() {
    nearCache = null;
    return this;
  }

  /**
   * On how many nodes of the service each organization is asked about, 1 or more. Default: 1, so
   * that each node has a part of the organizations in memory, and each client asks about one where
   * all others do. More is for few organizations that are asked about a lot.
   */
  public SightlineBuilder nodesPerOrganization(int nodes) {
    if (nodes < 1) {
      throw new IllegalArgumentException(
          "The number of nodes per organization is " + nodes + "; it must be 1 or more.");
    }
    nodesPerOrganization = nodes;
    return this;
  }

  /** Where futures complete. Default: each on a virtual thread of its own. */
  public SightlineBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /**
   * The client. It connects with its first call, so this succeeds even if nobody is there.
   *
   * @throws java.io.UncheckedIOException if the certificate authorities cannot be read
   */
  public Sightline open() {
    var channel =
        Grpc.newChannelBuilder(target.uri(), encryption.credentials(target))
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .defaultServiceConfig(Rendezvous.serviceConfig(nodesPerOrganization))
            .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .build();
    var calls = new Calls(channel, options, streamsChecks);
    var timing = new SystemTiming();
    var seen = new SeenPositions(MOST_POSITIONS, timing);
    var near = near(calls, seen, timing);
    return new Sightline(
        new Scope(calls, seen, defaultOrganization, freshness, deadline, executor, near));
  }

  private @Nullable Near near(Calls calls, SeenPositions seen, Timing timing) {
    if (nearCache == null) {
      return null;
    }
    NearLine.Maker lines = (watch, start) -> new NearStream(calls, watch, start);
    var cache = new NearCache(nearCache, seen, timing, lines, calls::connectNow);
    calls.add(cache);
    return new Near(cache, defaultOrganization);
  }
}
