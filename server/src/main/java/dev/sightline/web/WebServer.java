package dev.sightline.web;

import dev.sightline.auth.Authentication;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.MailServiceGrpc;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port that speaks HTTP. Writes no access log: paths name people. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Longer than calls may take; a reader that does not read for so long is cut off. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final int THREADS = 32;

  /**
   * Where and how to listen.
   *
   * @param port 0 for any that is free
   * @param tls null: plaintext
   * @param localOnly whether only who calls this machine by its own names is served
   * @param dashboards where dashboards are opened; null: nobody has said
   */
  public record Listening(
      InetAddress address,
      int port,
      @Nullable Tls tls,
      boolean localOnly,
      @Nullable DashboardAddress dashboards) {}

  /** Certificates and the key to them, PEM files. */
  public record Tls(Path certificates, Path key) {}

  private final Server jetty;
  private final ServerConnector connector;
  private final LocalCalls calls;
  private final @Nullable LinkCalls links;

  private WebServer(
      Server jetty, ServerConnector connector, LocalCalls calls, @Nullable LinkCalls links) {
    this.jetty = jetty;
    this.connector = connector;
    this.calls = calls;
    this.links = links;
  }

  /**
   * Starts to listen.
   *
   * @param guard the interceptor that holds callers over gRPC to the rules
   * @throws IOException if it cannot listen there
   */
  public static WebServer start(
      Listening listening,
      Collection<ServerServiceDefinition> services,
      ServerInterceptor guard,
      Authentication authentication)
      throws IOException {
    return start(listening, services, guard, authentication, QUIET);
  }

  static WebServer start(
      Listening listening,
      Collection<ServerServiceDefinition> services,
      ServerInterceptor guard,
      Authentication authentication,
      Duration quiet)
      throws IOException {
    Routes routes = Routes.of(services);
    Server jetty = new Server(threads());
    jetty.setStopTimeout(LAST_ANSWERS.toMillis());
    ServerConnector connector = connector(jetty, listening);
    var calls = new LocalCalls(services, guard);
    var links = LinkCalls.of(services);
    List<Handler> handlers = new ArrayList<>();
    var limit = new RateLimit(System::nanoTime);
    if (links != null) {
      handlers.add(new LinkPages(links, limit));
    }
    service(services, DirectoryServiceGrpc.SERVICE_NAME)
        .ifPresent(directory -> handlers.add(new InvitationPages(directory, limit)));
    if (listening.localOnly()) {
      service(services, MailServiceGrpc.SERVICE_NAME)
          .ifPresent(mail -> handlers.add(new OutboxPages(mail)));
    }
    handlers.add(new DashboardPages(listening.dashboards()));
    handlers.add(new JsonCalls(routes, calls, authentication, quiet));
    handlers.add(new OpenApiHandler(routes));
    handlers.add(new NothingThere());
    var handler = new Handler.Sequence(handlers);
    jetty.setHandler(new Faults(listening.localOnly() ? new HostCheck(handler) : handler));
    jetty.setErrorHandler(new JsonErrors());
    var web = new WebServer(jetty, connector, calls, links);
    try {
      jetty.start();
      return web;
    } catch (Exception e) {
      web.close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  private static Optional<ServerServiceDefinition> service(
      Collection<ServerServiceDefinition> services, String name) {
    return services.stream()
        .filter(service -> service.getServiceDescriptor().getName().equals(name))
        .findAny();
  }

  /** Few of the platform's; what waits has a virtual one each. */
  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(THREADS);
    pool.setName("http");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
    return pool;
  }

  private static ServerConnector connector(Server jetty, Listening listening) throws IOException {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(LONGEST_HEADERS);
    var plain = new HttpConnectionFactory(http);
    ConnectionFactory[] factories = {plain};
    Tls tls = listening.tls();
    if (tls != null) {
      factories =
          new ConnectionFactory[] {
            new SslConnectionFactory(encrypting(tls), HttpVersion.HTTP_1_1.asString()), plain
          };
    }
    var connector = new ServerConnector(jetty, factories);
    connector.setHost(listening.address().getHostAddress());
    connector.setPort(listening.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(LAST_ANSWERS.toMillis());
    jetty.addConnector(connector);
    return connector;
  }

  private static SslContextFactory.Server encrypting(Tls tls) throws IOException {
    try {
      var key = new AdvancedTlsX509KeyManager();
      key.updateIdentityCredentials(tls.certificates().toFile(), tls.key().toFile());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {key}, null, null);
      var encrypting = new SslContextFactory.Server();
      encrypting.setSslContext(context);
      return encrypting;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new connections and calls; those under way go on. */
  public void drain() {
    var _ = connector.shutdown();
    calls.drain();
  }

  /** Waits until the calls under way have ended, at most so long, and stops. */
  public void close(Duration atMost) {
    try {
      calls.awaitEnds(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Ends the calls under way and stops. */
  @Override
  public void close() {
    calls.close();
    if (links != null) {
      links.close();
    }
    try {
      jetty.stop();
    } catch (Exception e) {
      // Somebody was still being answered: the connections are closed all the same.
      LOG.info("the HTTP port did not end in order: {}", e.toString());
    }
  }
}
