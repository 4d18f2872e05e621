package dev.sightline.auth;

import com.google.rpc.Status;
import dev.sightline.rpc.Statuses;
import dev.sightline.store.Database;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on the wire, on the direct executor, with tokens in a real database. */
public final class TestServer implements AutoCloseable {
  public final TestClock clock = new TestClock();
  public final TestRealms realms = new TestRealms();
  public final Database database = TestDatabase.shared();
  public final ProvenEpochs epochs = new ProvenEpochs(database.tokens());
  public final StoredTokens tokens = new StoredTokens(database.tokens(), clock);

  /** How often the database was asked for a token. */
  public final AtomicInteger readings = new AtomicInteger();

  public final TokenAuthentication authentication =
      new TokenAuthentication(this::read, epochs, clock);
  public final OpenStreams streams =
      new OpenStreams(authentication, Statuses::exception, Duration.ofSeconds(1));
  public final TokenAdministration administration =
      new TokenAdministration(tokens, epochs, authentication, streams, realms);
  private @Nullable Server server;
  private @Nullable ManagedChannel channel;

  private TokenReader.Reading read(byte[] hash) {
    readings.incrementAndGet();
    return tokens.read(hash);
  }

  public TestServer serve(BindableService... services) {
    List<ServerServiceDefinition> definitions = new ArrayList<>();
    definitions.add(new HealthStatusManager().getHealthService().bindService());
    for (BindableService service : services) {
      definitions.add(service.bindService());
    }
    var authorization =
        new Authorization(
            RpcRules.of(definitions), authentication, realms, streams, Statuses::exception);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server =
          NettyServerBuilder.forAddress(address)
              .directExecutor()
              .addServices(definitions)
              .intercept(authorization)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    return this;
  }

  public ManagedChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("serve first");
    }
    return channel;
  }

  public TokenText token(Binding binding, Scope... scopes) {
    return token(binding, null, scopes);
  }

  public TokenText token(Binding binding, @Nullable Duration expiresIn, Scope... scopes) {
    TokenText text = TokenText.draw(new SecureRandom());
    tokens.create(text, new NewToken("test", Scopes.of(scopes), binding, expiresIn));
    return text;
  }

  /** The stub, presenting this token. */
  public static <T extends AbstractStub<T>> T with(TokenText token, T stub) {
    return presenting("Bearer " + token.reveal(), stub);
  }

  /** The stub, sending this as authorization. */
  public static <T extends AbstractStub<T>> T presenting(String authorization, T stub) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** What a refusal says on the wire. */
  public static Status status(StatusRuntimeException refusal) {
    return Objects.requireNonNull(StatusProto.fromThrowable(refusal), refusal.toString());
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.shutdownNow();
    }
  }
}
