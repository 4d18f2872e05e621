package dev.sightline.web;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls services of this process as any client does: through the interceptor that tells who may,
 * with their limits, their deadlines and their flow control.
 */
public final class LocalCalls implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final ManagedChannel channel;

  /**
   * @param guard the interceptor that holds callers over gRPC to the rules
   */
  public LocalCalls(Collection<ServerServiceDefinition> services, ServerInterceptor guard) {
    String name = InProcessServerBuilder.generateName();
    var builder = InProcessServerBuilder.forName(name).directExecutor().intercept(guard);
    services.forEach(builder::addService);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /**
   * Starts a call.
   *
   * @param authorization what the caller presents; null: nothing
   * @param deadline null: none
   */
  LocalCall start(
      MethodDescriptor rpc,
      @Nullable String authorization,
      Message request,
      @Nullable Duration deadline) {
    CallOptions options =
        deadline == null
            ? CallOptions.DEFAULT
            : CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    var headers = new Metadata();
    if (authorization != null) {
      headers.put(AUTHORIZATION, authorization);
    }
    return LocalCall.started(channel.newCall(method(rpc), options), headers, request);
  }

  private static io.grpc.MethodDescriptor<Message, Message> method(MethodDescriptor rpc) {
    Message request = DynamicMessage.getDefaultInstance(rpc.getInputType());
    Message response = DynamicMessage.getDefaultInstance(rpc.getOutputType());
    return io.grpc.MethodDescriptor.<Message, Message>newBuilder()
        .setType(rpc.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
        .setFullMethodName(
            io.grpc.MethodDescriptor.generateFullMethodName(
                rpc.getService().getFullName(), rpc.getName()))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .build();
  }

  /** Takes no new calls; those under way go on. */
  void drain() {
    server.shutdown();
  }

  /** Waits until all calls have ended, at most so long. */
  void awaitEnds(Duration atMost) throws InterruptedException {
    var _ = server.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the calls under way. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
