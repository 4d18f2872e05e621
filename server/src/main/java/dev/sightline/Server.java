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
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.StoredTokens;
import dev.sightline.auth.TokenAdministration;
import dev.sightline.auth.TokenAuthentication;
import dev.sightline.auth.TokenStore;
import dev.sightline.auth.TokenText;
import dev.sightline.auth.TokensEverywhere;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.GraphLoader;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.Hints;
import dev.sightline.cache.Membership;
import dev.sightline.cache.Peers;
import dev.sightline.cache.RollCall;
import dev.sightline.cache.Staleness;
import dev.sightline.change.Instants;
import dev.sightline.command.AgentErasures;
import dev.sightline.command.AgentJobs;
import dev.sightline.command.AgentWrites;
import dev.sightline.command.JointWrites;
import dev.sightline.command.Writes;
import dev.sightline.mail.Links;
import dev.sightline.mail.MailSender;
import dev.sightline.mail.Postbox;
import dev.sightline.rpc.AgentActivity;
import dev.sightline.rpc.CheckStreams;
import dev.sightline.rpc.GraphActorCheck;
import dev.sightline.rpc.Services;
import dev.sightline.rpc.Statuses;
import dev.sightline.rpc.SupportParts;
import dev.sightline.rpc.TokenRpc;
import dev.sightline.rpc.WatchMessages;
import dev.sightline.store.Database;
import dev.sightline.store.Signals;
import dev.sightline.store.StartRefused;
import dev.sightline.watch.Everywhere;
import dev.sightline.watch.Feeds;
import dev.sightline.web.WebServer;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** The purge is slow, and so may a mail server be: nobody waits for them. */
  private static final int HOUSEKEEPERS = 4;

  /** What another node has left unfinished is finished after this long. */
  private static final Duration AGENT_JOBS = Duration.ofSeconds(15);

  private static final Duration KEEPALIVE = Duration.ofSeconds(20);
  private static final Duration MAIL_PERIOD = Duration.ofMillis(500);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration READINESS = Duration.ofMillis(100);

  /** What gRPC's health service is asked about, beside the empty name, which is readiness, too. */
  private static final String READINESS_SERVICE = "readiness";

  private static final String LIVENESS = "liveness";
  private static final Duration OWED_LIMIT = Duration.ofSeconds(3);
  private static final Duration LEAVING_LIMIT = Duration.ofSeconds(3);

  private final Database database;
  private final Membership membership;
  private final Signals signals;
  private final Graphs graphs;
  private final Feeds feeds;
  private final CheckStreams checkStreams = new CheckStreams();
  private final ExecutorService virtualThreads;
  private final Postbox postbox;
  private final MailSender mail;
  private final Settling settling;
  private final ScheduledExecutorService housekeeping;
  private final ScheduledExecutorService guarding;
  private final HealthStatusManager health;
  private final io.grpc.Server grpc;
  private final @Nullable WebServer web;
  private final @Nullable TokenText firstToken;
  private final AgentJobs agentJobs;
  private final AgentActivity activity;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(
      ServerSettings settings, InetAddress address, Database database, Membership membership)
      throws IOException {
    this.database = database;
    this.membership = membership;
    DatabaseClock clock = settings.clock();
    InstantSource time = () -> timeOf(clock);
    // Before anything is served: it may be why this node does not start.
    AuditHeads auditHeads = noted(database, settings.auditHeads(), time);
    virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    housekeeping =
        Executors.newScheduledThreadPool(
            HOUSEKEEPERS, Thread.ofPlatform().name("housekeeping").daemon().factory());
    guarding =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("guarding").daemon().factory());
    var staleness = new Staleness(database.installation().maxStaleness());
    signals = database.signals();
    graphs =
        new Graphs(
            new GraphLoader(database.organizations(), database.proofs()),
            staleness,
            clock,
            membership,
            settings.graphMemory());
    feeds =
        new Feeds(
            graphs,
            new StoredOrganizations(database.directory()),
            new WatchMessages(),
            virtualThreads);
    var peers = new Peers(signals, membership);
    new Hints(peers).begin(graphs);
    var rollCall = new RollCall(membership, peers, staleness, virtualThreads);
    var everywhere = new Everywhere(graphs, feeds, rollCall, virtualThreads);
    peers.begin();
    postbox = settings.mail().postbox(time);
    mail =
        new MailSender(
            database.mails(),
            database.oneClickLinks(),
            settings.mail().links(),
            postbox,
            time,
            virtualThreads);
    Writes writes = new Writes(database.organizations(), graphs);
    settling = new Settling(database.directory(), graphs, writes, time);
    TokenStore tokens = new StoredTokens(database.tokens(), time);

    CursorKeys cursorKeys = new CursorKeys(database.signingKeys(), time);
    cursorKeys.refresh();
    every(guarding, CursorKeys.REFRESH, cursorKeys::refresh);
    var tidying =
        new Housekeeping(
            database.organizations(),
            database.directory(),
            database.supportAgents(),
            database.oneClickLinks(),
            database.mails(),
            time);
    every(Housekeeping.PERIOD, tidying::forgetOldResponses);
    every(Housekeeping.PERIOD, tidying::forgetOldMails);
    agentJobs = new AgentJobs(database.supportAgents(), writes, time);
    activity = new AgentActivity(database.support(), time);
    if (settings.auditHeads() != null && auditHeads != null) {
      every(settings.auditHeads().every(), auditHeads::noteMoved);
    }
    var epochs = new GraphTokenEpochs(graphs);
    var realms = new StoredRealms(database.directory(), virtualThreads);
    var byToken = new TokenAuthentication(tokens, epochs, time);
    Authentication authentication =
        settings.insecureLocal() ? new LocalAuthentication(address) : byToken;
    var streams = new OpenStreams(authentication, Statuses::exception, staleness.max());
    var tokensEverywhere =
        new TokensEverywhere(tokens, epochs, byToken, streams, rollCall, staleness);
    every(guarding, graphs.staleness().max().dividedBy(4), streams::recheck);

    List<BindableService> services =
        new ArrayList<>(
            Services.of(
                graphs,
                feeds,
                everywhere,
                checkStreams,
                new BindingCheck(realms),
                writes,
                clock,
                database.directory(),
                database.requests(),
                database.oneClickLinks(),
                new SupportParts(
                    database.supportAgents(),
                    new AgentWrites(database.supportAgents(), agentJobs),
                    new AgentErasures(database.supportAgents(), writes),
                    new JointWrites(database.organizations(), graphs, virtualThreads, time),
                    database.support(),
                    activity),
                database.mails(),
                postbox,
                time,
                database.audit(),
                new PageCursors(cursorKeys),
                virtualThreads));
    services.add(
        new TokenRpc(
            new TokenAdministration(tokens, epochs, byToken, streams, realms),
            tokensEverywhere::await,
            new GraphActorCheck(graphs, virtualThreads)));
    health = new HealthStatusManager();
    services.add(health.getHealthService());
    services.add(ProtoReflectionServiceV1.newInstance());
    var bound = services.stream().map(BindableService::bindService).map(Server::limited).toList();
    var guard =
        new Authorization(RpcRules.of(bound), authentication, realms, streams, Statuses::exception);
    grpc = grpc(settings, address, bound, guard).build();
    WebServer http = null;
    try {
      grpc.start();
      http = web(settings, address, bound, guard, authentication);
      // Made and shown once: so only when nothing can go wrong any more.
      firstToken = settings.insecureLocal() ? null : FirstToken.createIfNone(tokens);
    } catch (IOException | RuntimeException e) {
      if (http != null) {
        http.close();
      }
      stop();
      throw e;
    }
    web = http;
    every(AgentActivity.PERIOD, activity::write);
    every(AGENT_JOBS, agentJobs::finishAll);
    virtualThreads.execute(() -> kept(agentJobs::finishAll));
    every(Settling.PERIOD, settling::settle);
    every(MAIL_PERIOD, this::deliverMail);
    health.setStatus(LIVENESS, ServingStatus.SERVING);
    awaitProof();
    tellReadiness();
    every(guarding, READINESS, this::tellReadiness);
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
    Membership membership = null;
    boolean started = false;
    try {
      // Before anything is loaded: whoever asks all nodes must find this one.
      membership =
          new Membership(database.nodes(), new Staleness(database.installation().maxStaleness()));
      Server server = new Server(settings, address, database, membership);
      started = true;
      return server;
    } catch (IOException e) {
      throw new StartRefused(
          "Port %d of %s is taken; choose another with --port."
              .formatted(settings.port(), settings.host()),
          e);
    } finally {
      if (!started) {
        if (membership != null) {
          membership.leave();
        }
        database.close();
      }
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
      List<ServerServiceDefinition> services,
      Authorization guard)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(address, settings.port()))
            .directExecutor()
            .maxInboundMessageSize(LimitedRequests.HARD_LIMIT)
            .permitKeepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .addServices(services)
            .intercept(guard);
    ServerSettings.Tls tls = settings.tls();
    if (tls != null) {
      builder.sslContext(
          GrpcSslContexts.forServer(tls.certificates().toFile(), tls.key().toFile()).build());
    }
    return builder;
  }

  private static @Nullable WebServer web(
      ServerSettings settings,
      InetAddress address,
      List<ServerServiceDefinition> services,
      Authorization guard,
      Authentication authentication) {
    ServerSettings.Http http = settings.http();
    if (http == null) {
      return null;
    }
    ServerSettings.Tls tls = settings.tls();
    Links links = settings.mail().links();
    var listening =
        new WebServer.Listening(
            address,
            http.port(),
            tls == null ? null : new WebServer.Tls(tls.certificates(), tls.key()),
            settings.insecureLocal(),
            links.leadElsewhere() ? links::toOpen : null);
    try {
      return WebServer.start(listening, services, guard, authentication);
    } catch (IOException e) {
      throw new StartRefused(
          "Port %d of %s, for HTTP, is taken; choose another with --http-port, or --no-http."
              .formatted(http.port(), settings.host()),
          e);
    }
  }

  /** Health and reflection are gRPC's own, and have no rules to refuse by. */
  private static ServerServiceDefinition limited(ServerServiceDefinition service) {
    return service.getServiceDescriptor().getName().startsWith("sightline.")
        ? LimitedRequests.of(service)
        : service;
  }

  /** Where logs stand is noted at the start, and then as often as set. */
  private static @Nullable AuditHeads noted(
      Database database, ServerSettings.@Nullable AuditHeadsFile heads, InstantSource time) {
    if (heads == null) {
      return null;
    }
    AuditHeads notes = AuditHeads.open(database.audit(), heads.file(), time);
    notes.noteMoved();
    return notes;
  }

  private void every(Duration period, Runnable task) {
    every(housekeeping, period, task);
  }

  private static void every(ScheduledExecutorService threads, Duration period, Runnable task) {
    long nanos = period.toNanos();
    var _ = threads.scheduleWithFixedDelay(() -> kept(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** A failure must not keep it from being done the next time. */
  private static void kept(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.warn("housekeeping failed", e);
    }
  }

  private static Instant timeOf(DatabaseClock clock) {
    long micros = clock.microsAt(System.nanoTime());
    return micros == DatabaseClock.UNKNOWN ? Instant.now() : Instants.ofMicros(micros);
  }

  public int port() {
    return grpc.getPort();
  }

  /** The port for HTTP; -1 if there is none. */
  public int httpPort() {
    return web == null ? -1 : web.port();
  }

  /** The operator's token, at the first start ever of a node that asks for tokens; else null. */
  public @Nullable TokenText firstToken() {
    return firstToken;
  }

  Feeds feeds() {
    return feeds;
  }

  CheckStreams checkStreams() {
    return checkStreams;
  }

  /** Writes all that is due because time has passed. Blocks. */
  void settle() {
    settling.settleAll();
  }

  /** Sends all mail that is due now. Blocks. */
  synchronized void deliverMail() {
    mail.sendWhatIsDue();
  }

  /** A database that is slow to answer first need not keep a node from starting. */
  private void awaitProof() {
    try {
      graphs.proveDirectory().get(graphs.staleness().max().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("the database has not confirmed anything yet: this node is not ready");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A node that cannot prove anything answers nothing; to start it again would not help. */
  private void tellReadiness() {
    ServingStatus status = graphs.isProving() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus("", status);
    health.setStatus(READINESS_SERVICE, status);
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
    mail.stop();
    if (web != null) {
      web.drain();
    }
    feeds.close();
    long end = System.nanoTime() + DRAIN.toNanos();
    checkStreams.close();
    try {
      if (!grpc.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        grpc.shutdownNow();
      }
    } catch (InterruptedException e) {
      grpc.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (web != null) {
      kept(() -> web.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
    kept(activity::write);
    stop();
    database.close();
  }

  private void stop() {
    grpc.shutdownNow();
    guarding.shutdownNow();
    finishHousekeeping();
    feeds.close();
    leave();
    graphs.close();
    virtualThreads.shutdownNow();
    postbox.close();
  }

  /**
   * Takes this node off the list once nobody honours what it has told; where that takes longer than
   * anybody waits for a node to stop, the others do it.
   */
  private void leave() {
    long owed = feeds.owedNanos();
    if (owed <= OWED_LIMIT.toNanos()) {
      try {
        TimeUnit.NANOSECONDS.sleep(owed);
        // A database that is away would keep it waiting for as long as a writer waits.
        var _ = Thread.ofVirtual().name("leave").start(membership::leave).join(LEAVING_LIMIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    membership.close();
    signals.close();
  }

  /** What is being done is done to its end, for a while: mail that is being sent, say. */
  private void finishHousekeeping() {
    housekeeping.shutdown();
    try {
      if (!housekeeping.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        housekeeping.shutdownNow();
      }
    } catch (InterruptedException e) {
      housekeeping.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
