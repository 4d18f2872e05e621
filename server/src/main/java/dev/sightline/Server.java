package dev.sightline;

import dev.sightline.auth.Authentication;
import dev.sightline.auth.Authorization;
import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.CursorKeys;
import dev.sightline.auth.FirstToken;
import dev.sightline.auth.LimitedRequests;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.PageCursors;
import dev.sightline.auth.Realms;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.StoredTokens;
import dev.sightline.auth.TokenAdministration;
import dev.sightline.auth.TokenAuthentication;
import dev.sightline.auth.TokenStore;
import dev.sightline.auth.TokenText;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.GraphLoader;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.Staleness;
import dev.sightline.change.Instants;
import dev.sightline.command.Writes;
import dev.sightline.rpc.GraphActorCheck;
import dev.sightline.rpc.Services;
import dev.sightline.rpc.Statuses;
import dev.sightline.rpc.TokenRpc;
import dev.sightline.rpc.WatchMessages;
import dev.sightline.store.Database;
import dev.sightline.store.StartRefused;
import dev.sightline.watch.Feeds;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** The purge is slow; what tokens need must not wait for it. */
  private static final int HOUSEKEEPERS = 2;

  private static final Duration KEEPALIVE = Duration.ofSeconds(20);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Database database;
  private final Graphs graphs;
  private final Feeds feeds;
  private final ExecutorService virtualThreads;
  private final ScheduledExecutorService housekeeping;
  private final HealthStatusManager health;
  private final io.grpc.Server grpc;
  private final @Nullable TokenText firstToken;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(ServerSettings settings, InetAddress address, Database database)
      throws IOException {
    this.database = database;
    DatabaseClock clock = settings.clock();
    virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    housekeeping =
        Executors.newScheduledThreadPool(
            HOUSEKEEPERS, Thread.ofPlatform().name("housekeeping").daemon().factory());
    graphs =
        new Graphs(
            new GraphLoader(database.organizations(), database.proofs()),
            new Staleness(database.installation().maxStaleness()),
            clock,
            settings.graphMemory());
    feeds =
        new Feeds(
            graphs,
            new StoredOrganizations(database.directory()),
            new WatchMessages(),
            virtualThreads);
    InstantSource time = () -> timeOf(clock);
    TokenStore tokens = new StoredTokens(database.tokens(), time);

    CursorKeys cursorKeys = new CursorKeys(database.signingKeys(), time);
    cursorKeys.refresh();
    every(CursorKeys.REFRESH, cursorKeys::refresh);
    every(
        Housekeeping.PERIOD,
        new Housekeeping(database.organizations(), database.directory(), time)::forgetOldResponses);
    var epochs = new GraphTokenEpochs(graphs);
    var realms = new StoredRealms(database.directory(), virtualThreads);
    var byToken = new TokenAuthentication(tokens, epochs, time);
    Authentication authentication =
        settings.insecureLocal() ? new LocalAuthentication(address) : byToken;
    var streams = new OpenStreams(authentication, Statuses::exception);
    every(graphs.staleness().max().dividedBy(4), streams::recheck);

    List<BindableService> services =
        new ArrayList<>(
            Services.of(
                graphs,
                feeds,
                new BindingCheck(realms),
                new Writes(database.organizations(), graphs),
                clock,
                database.directory(),
                database.supportAgents(),
                new PageCursors(cursorKeys),
                virtualThreads));
    services.add(
        new TokenRpc(
            new TokenAdministration(tokens, epochs, byToken, streams, realms),
            new GraphActorCheck(graphs, virtualThreads)));
    health = new HealthStatusManager();
    services.add(health.getHealthService());
    services.add(ProtoReflectionServiceV1.newInstance());
    grpc = grpc(settings, address, services, authentication, realms, streams).build();
    try {
      grpc.start();
      // Made and shown once: so only when nothing can go wrong any more.
      firstToken = settings.insecureLocal() ? null : FirstToken.createIfNone(tokens);
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    }
    health.setStatus("", ServingStatus.SERVING);
  }

  /**
   * Starts a node.
   *
   * @throws StartRefused with a sentence for people, if it cannot be
   */
  public static Server start(ServerSettings settings) {
    InetAddress address = address(settings.host());
    if (settings.insecureLocal() && !address.isLoopbackAddress()) {
      throw new StartRefused(
          "Without tokens the server listens on loopback only, not on " + settings.host() + ".");
    }
    Database database = opened(settings);
    try {
      return new Server(settings, address, database);
    } catch (IOException e) {
      database.close();
      throw new StartRefused(
          "Port %d of %s is taken; choose another with --port."
              .formatted(settings.port(), settings.host()),
          e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Database opened(ServerSettings settings) {
    Database database = Database.open(settings.database());
    Duration wanted = settings.maxStaleness();
    if (wanted == null || wanted.equals(database.installation().maxStaleness())) {
      return database;
    }
    database.changeMaxStaleness(new Staleness(wanted).max());
    database.close();
    return Database.open(settings.database());
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartRefused("There is no host " + host + " to listen on.", e);
    }
  }

  private static NettyServerBuilder grpc(
      ServerSettings settings,
      InetAddress address,
      List<BindableService> services,
      Authentication authentication,
      Realms realms,
      OpenStreams streams)
      throws IOException {
    var bound = services.stream().map(BindableService::bindService).map(Server::limited).toList();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(address, settings.port()))
            .directExecutor()
            .maxInboundMessageSize(LimitedRequests.HARD_LIMIT)
            .permitKeepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .addServices(bound)
            .intercept(
                new Authorization(
                    RpcRules.of(bound), authentication, realms, streams, Statuses::exception));
    ServerSettings.Tls tls = settings.tls();
    if (tls != null) {
      builder.sslContext(
          GrpcSslContexts.forServer(tls.certificates().toFile(), tls.key().toFile()).build());
    }
    return builder;
  }

  /** Health and reflection are gRPC's own, and have no rules to refuse by. */
  private static ServerServiceDefinition limited(ServerServiceDefinition service) {
    return service.getServiceDescriptor().getName().startsWith("sightline.")
        ? LimitedRequests.of(service)
        : service;
  }

  private void every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    var _ =
        housekeeping.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (Throwable e) {
                LOG.warn("housekeeping failed", e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private static Instant timeOf(DatabaseClock clock) {
    long micros = clock.microsAt(System.nanoTime());
    return micros == DatabaseClock.UNKNOWN ? Instant.now() : Instants.ofMicros(micros);
  }

  public int port() {
    return grpc.getPort();
  }

  /** The operator's token, at the first start ever of a node that asks for tokens; else null. */
  public @Nullable TokenText firstToken() {
    return firstToken;
  }

  Feeds feeds() {
    return feeds;
  }

  /** Waits until the node has been closed. */
  public void awaitClosed() throws InterruptedException {
    grpc.awaitTermination();
  }

  /**
   * Takes no new calls, lets those under way finish for a while, and stops. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    health.enterTerminalState();
    grpc.shutdown();
    feeds.close();
    try {
      if (!grpc.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        grpc.shutdownNow();
      }
    } catch (InterruptedException e) {
      grpc.shutdownNow();
      Thread.currentThread().interrupt();
    }
    stop();
    database.close();
  }

  private void stop() {
    grpc.shutdownNow();
    housekeeping.shutdownNow();
    feeds.close();
    graphs.close();
    virtualThreads.shutdownNow();
  }
}
