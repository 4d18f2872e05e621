package dev.sightline.client;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service of the test's own on a real socket: it knows dashboards, owners and a log that counts
 * revisions, and no more of the rules than the tests need.
 */
final class TestService implements AutoCloseable {
  final Script script = new Script();
  final AtomicLong revision = new AtomicLong();
  final AtomicLong parts = new AtomicLong();
  final TestWatches watches = new TestWatches();
  final TestCheckStreams checkStreams = new TestCheckStreams(this);
  private final Server server;

  private TestService(int port, ServerCredentials credentials) {
    server =
        Grpc.newServerBuilderForPort(port, credentials)
            .intercept(script)
            .addService(new TestAccess(this))
            .addService(new TestDashboards(this))
            .addService(new TestDirectory(this))
            .addService(new TestTokens())
            .addService(new TestAgents())
            .addService(watches)
            .build();
  }

  static TestService start() {
    return start(0, InsecureServerCredentials.create());
  }

  static TestService start(int port, ServerCredentials credentials) {
    var service = new TestService(port, credentials);
    try {
      service.server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return service;
  }

  String target() {
    return "localhost:" + port();
  }

  int port() {
    return server.getPort();
  }

  Sightline client() {
    return setup().open();
  }

  /** With time enough for a cold start on a busy machine; whoever asks is answered from here. */
  SightlineBuilder setup() {
    return Sightline.connect(target()).deadline(Duration.ofSeconds(30)).withoutNearCache();
  }

  /** A position as opaque as a real one, and as sortable. */
  static ByteString token(long revision) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
  }

  ByteString position() {
    return token(revision.get());
  }

  dev.sightline.v1.Written write() {
    long next = revision.incrementAndGet();
    return dev.sightline.v1.Written.newBuilder()
        .setPosition(token(next))
        .setRevision(next)
        .setChanged(true)
        .build();
  }

  static StatusRuntimeException unavailable() {
    return io.grpc.Status.UNAVAILABLE.asRuntimeException();
  }

  static StatusRuntimeException refusal(
      com.google.rpc.Code code, String reason, String sentence, Map<String, String> facts) {
    var info =
        ErrorInfo.newBuilder()
            .setDomain("sightline.dev")
            .setReason(reason)
            .putAllMetadata(facts)
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(sentence)
            .addDetails(Any.pack(info))
            .build());
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
