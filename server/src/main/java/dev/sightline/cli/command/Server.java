package dev.sightline.cli.command;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DashboardServiceGrpc.DashboardServiceBlockingStub;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.DigestServiceGrpc.DigestServiceBlockingStub;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.SupportAccessServiceGrpc.SupportAccessServiceBlockingStub;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that commands talk to. */
final class Server implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ServerAddress address;
  private final ManagedChannel connection;
  private final Channel channel;

  private Server(ServerAddress address, ManagedChannel connection, Channel channel) {
    this.address = address;
    this.connection = connection;
    this.channel = channel;
  }

  /** Connects lazily: what is wrong with the address shows with the first call. */
  static Server connect(
      ServerAddress address, ChannelCredentials credentials, String token, Duration timeout) {
    ManagedChannel connection =
        Grpc.newChannelBuilderForAddress(address.host(), address.port(), credentials).build();
    List<ClientInterceptor> interceptors = new ArrayList<>();
    interceptors.add(new UnaryTimeout(timeout));
    if (!token.isEmpty()) {
      interceptors.add(MetadataUtils.newAttachHeadersInterceptor(bearer(token)));
    }
    return new Server(address, connection, ClientInterceptors.intercept(connection, interceptors));
  }

  private static Metadata bearer(String token) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return headers;
  }

  ServerAddress address() {
    return address;
  }

  Channel channel() {
    return channel;
  }

  /** Tries to connect at once, however long ago the last try failed. */
  void retry() {
    connection.resetConnectBackoff();
  }

  AccessServiceBlockingStub access() {
    return AccessServiceGrpc.newBlockingStub(channel);
  }

  DashboardServiceBlockingStub dashboards() {
    return DashboardServiceGrpc.newBlockingStub(channel);
  }

  DirectoryServiceBlockingStub directory() {
    return DirectoryServiceGrpc.newBlockingStub(channel);
  }

  DigestServiceBlockingStub digests() {
    return DigestServiceGrpc.newBlockingStub(channel);
  }

  SupportAccessServiceBlockingStub support() {
    return SupportAccessServiceGrpc.newBlockingStub(channel);
  }

  TokenServiceBlockingStub tokens() {
    return TokenServiceGrpc.newBlockingStub(channel);
  }

  AuditServiceBlockingStub audit() {
    return AuditServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }

  /** Whole organizations may take as long as they need; a single question may not. */
  private record UnaryTimeout(Duration timeout) implements ClientInterceptor {
    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      boolean isUnary = method.getType() == MethodDescriptor.MethodType.UNARY;
      return next.newCall(method, isUnary ? options.withDeadlineAfter(timeout) : options);
    }
  }
}
