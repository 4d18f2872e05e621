package dev.sightline.rpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.sightline.model.Refusal;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** The one place where refusals become statuses: google.rpc.Status with an ErrorInfo. */
public final class Statuses {
  private static final String DOMAIN = "sightline.dev";

  private Statuses() {}

  public static StatusRuntimeException exception(Refusal refusal) {
    var info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(refusal.reason().name())
            .putAllMetadata(refusal.facts())
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code(refusal.reason().category()).getNumber())
            .setMessage(refusal.message())
            .addDetails(Any.pack(info))
            .build());
  }

  /** The same status with more before its message: where in the request it was. */
  static StatusRuntimeException prefixed(String prefix, StatusRuntimeException exception) {
    Status status = StatusProto.fromThrowable(exception);
    return status == null
        ? exception
        : StatusProto.toStatusRuntimeException(
            status.toBuilder().setMessage(prefix + status.getMessage()).build());
  }

  private static Code code(Refusal.Category category) {
    return switch (category) {
      case INVALID_ARGUMENT -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
      case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      case ABORTED -> Code.ABORTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
    };
  }
}
