package dev.sightline;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.Rule;
import dev.sightline.v1.RuleOuterClass;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.TransferServiceGrpc;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Any RPC there is, by its descriptor: who may call it, and a call of it. */
record AnyCall(MethodDescriptor<Message, Message> method) {
  /** All services of the contract; that none is missing is asserted where they are tried. */
  static final List<ServiceDescriptor> SERVICES =
      List.of(
          AccessRequestServiceGrpc.getServiceDescriptor(),
          AccessServiceGrpc.getServiceDescriptor(),
          AuditServiceGrpc.getServiceDescriptor(),
          DashboardServiceGrpc.getServiceDescriptor(),
          DigestServiceGrpc.getServiceDescriptor(),
          DirectoryServiceGrpc.getServiceDescriptor(),
          EchoServiceGrpc.getServiceDescriptor(),
          MailServiceGrpc.getServiceDescriptor(),
          SupportAccessServiceGrpc.getServiceDescriptor(),
          TokenServiceGrpc.getServiceDescriptor(),
          TransferServiceGrpc.getServiceDescriptor(),
          WatchServiceGrpc.getServiceDescriptor());

  /** What differs from one answer to the next though nothing else does. */
  private static final Set<String> PASSING =
      Set.of(
          "position",
          "cursor",
          "etag",
          "proof_age_micros",
          "valid_for_micros",
          "next_page_token",
          "at_micros",
          "hash");

  private static final long PATIENCE_SECONDS = 60;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          throw new AssertionError("only sent");
        }
      };

  static List<AnyCall> all() {
    List<AnyCall> all = new ArrayList<>();
    for (ServiceDescriptor service : SERVICES) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        @SuppressWarnings("unchecked") // All that is sent and answered are messages.
        var any = (MethodDescriptor<Message, Message>) method;
        all.add(new AnyCall(any));
      }
    }
    return all;
  }

  /** Such as DashboardService/GetDashboard. */
  String name() {
    return method.getFullMethodName().substring("sightline.v1.".length());
  }

  com.google.protobuf.Descriptors.MethodDescriptor rpc() {
    return ((ProtoMethodDescriptorSupplier) Objects.requireNonNull(method.getSchemaDescriptor()))
        .getMethodDescriptor();
  }

  Rule rule() {
    return rpc().getOptions().getExtension(RuleOuterClass.rule);
  }

  Message emptyRequest() {
    return Objects.requireNonNull(
        ((PrototypeMarshaller<Message>) method.getRequestMarshaller()).getMessagePrototype());
  }

  boolean names(String field) {
    return rpc().getInputType().findFieldByName(field) != null;
  }

  /** Whether answers come until the caller has had enough. */
  private boolean isEndless() {
    return rpc().getService().getName().equals("WatchService");
  }

  /**
   * What came of a call.
   *
   * @param answers all of them; of a call without end, the first
   */
  record Outcome(
      Status.Code code, String reason, String message, String facts, List<Message> answers) {
    boolean ok() {
      return code == Status.Code.OK;
    }

    /** OK, or the status and the reason. */
    String brief() {
      return ok() ? "OK" : code + " " + reason;
    }

    /** All that it tells, but for what passes, and for the id that was asked for. */
    String told(String id) {
      var told = new StringBuilder(brief()).append('\n').append(message).append('\n').append(facts);
      answers.forEach(
          answer -> told.append('\n').append(TextFormat.printer().printToString(lasting(answer))));
      return id.isEmpty() ? told.toString() : told.toString().replace(id, "<id>");
    }
  }

  private static Message lasting(Message message) {
    Message.Builder lasting = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (PASSING.contains(field.getName())) {
        lasting.clearField(field);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
        lasting.setField(field, lasting((Message) message.getField(field)));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Message one = (Message) message.getRepeatedField(field, i);
          lasting.setRepeatedField(field, i, lasting(one));
        }
      }
    }
    return lasting.build();
  }

  Outcome on(Channel channel, Message request) {
    return on(channel, method, request);
  }

  /** What came of sending this in place of a request. */
  Outcome onBytes(Channel channel, byte[] bytes) {
    return on(channel, method.toBuilder(BYTES, method.getResponseMarshaller()).build(), bytes);
  }

  private <Q> Outcome on(Channel channel, MethodDescriptor<Q, Message> rpc, Q request) {
    var options = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    ClientCall<Q, Message> call = channel.newCall(rpc, options);
    var outcome = new CompletableFuture<Outcome>();
    call.start(new Answers(call, outcome), new Metadata());
    call.request(Integer.MAX_VALUE);
    call.sendMessage(request);
    if (!isEndless() || !rpc().isClientStreaming()) {
      call.halfClose();
    }
    return outcome.join();
  }

  private final class Answers extends ClientCall.Listener<Message> {
    private final ClientCall<?, Message> call;
    private final CompletableFuture<Outcome> outcome;
    private final List<Message> answers = new ArrayList<>();

    Answers(ClientCall<?, Message> call, CompletableFuture<Outcome> outcome) {
      this.call = call;
      this.outcome = outcome;
    }

    @Override
    public void onMessage(Message answer) {
      answers.add(answer);
      if (isEndless()) {
        call.cancel("heard enough", null);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk() || (isEndless() && !answers.isEmpty())) {
        outcome.complete(new Outcome(Status.Code.OK, "", "", "", answers));
        return;
      }
      StatusRuntimeException refused = status.asRuntimeException(trailers);
      outcome.complete(
          new Outcome(
              status.getCode(),
              Refusals.reason(refused),
              String.valueOf(status.getDescription()),
              Refusals.facts(refused).toString(),
              answers));
    }
  }
}
