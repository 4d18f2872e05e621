package dev.sightline.auth;

import com.google.protobuf.Message;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.ReflectableMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of an RPC, none of them larger than 4 MiB.
 *
 * <p>gRPC itself ends a call whose message is above its own limit without a reason that programs
 * could read. So that limit is higher ({@link #HARD_LIMIT}), and what lies between is not parsed
 * but stood for by {@link #tooLarge}, which {@link GuardedCall} refuses. The size is known before
 * parsing, and telling the two apart costs one comparison.
 *
 * <p>Bytes that are no message, such as an id that is not UTF-8, are stood for by {@link
 * #malformed}: what gRPC makes of them is a fault of the server, with a stack trace in its log that
 * anybody could fill.
 */
public final class LimitedRequests<Q> implements ReflectableMarshaller<Q> {
  /** The largest message that is looked at, in bytes. */
  public static final int LIMIT = 4 * 1024 * 1024;

  /** The largest message that is taken in at all, in bytes. */
  public static final int HARD_LIMIT = 16 * LIMIT;

  private final ReflectableMarshaller<Q> marshaller;
  private final Q tooLarge;
  private final Q malformed;

  private LimitedRequests(ReflectableMarshaller<Q> marshaller, Q tooLarge, Q malformed) {
    this.marshaller = marshaller;
    this.tooLarge = tooLarge;
    this.malformed = malformed;
  }

  /** The same service, which takes no larger requests. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor descriptor = service.getServiceDescriptor();
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    service.getMethods().forEach(method -> methods.add(of(method)));
    var limited =
        ServiceDescriptor.newBuilder(descriptor.getName())
            .setSchemaDescriptor(descriptor.getSchemaDescriptor());
    methods.forEach(method -> limited.addMethod(method.getMethodDescriptor()));
    var definition = ServerServiceDefinition.builder(limited.build());
    methods.forEach(definition::addMethod);
    return definition.build();
  }

  private static <Q, S> ServerMethodDefinition<Q, S> of(ServerMethodDefinition<Q, S> method) {
    MethodDescriptor<Q, S> rpc = method.getMethodDescriptor();
    if (!(rpc.getRequestMarshaller() instanceof ReflectableMarshaller<Q> marshaller)
        || !(rpc.parseRequest(InputStream.nullInputStream()) instanceof Message empty)) {
      throw new IllegalStateException(rpc.getFullMethodName() + " takes no protobuf messages");
    }
    // Other objects than any that is parsed: a builder makes a new one each time.
    Q tooLarge = marshaller.getMessageClass().cast(empty.newBuilderForType().build());
    Q malformed = marshaller.getMessageClass().cast(empty.newBuilderForType().build());
    MethodDescriptor<Q, S> limited =
        rpc.toBuilder()
            .setRequestMarshaller(new LimitedRequests<>(marshaller, tooLarge, malformed))
            .build();
    return ServerMethodDefinition.create(limited, method.getServerCallHandler());
  }

  /** Stands for every request that is too large; compare by identity. */
  Q tooLarge() {
    return tooLarge;
  }

  /** Stands for every request whose bytes are none; compare by identity. */
  Q malformed() {
    return malformed;
  }

  @Override
  public Q parse(InputStream stream) {
    try {
      if (stream instanceof KnownLength) {
        return stream.available() > LIMIT ? tooLarge : marshaller.parse(stream);
      }
      // Compressed: how large it is shows only afterwards.
      Q request = marshaller.parse(stream);
      return ((Message) request).getSerializedSize() > LIMIT ? tooLarge : request;
    } catch (StatusRuntimeException e) {
      // Of the marshaller: the bytes are no message.
      return malformed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream stream(Q value) {
    return marshaller.stream(value);
  }

  @Override
  public Class<Q> getMessageClass() {
    return marshaller.getMessageClass();
  }
}
