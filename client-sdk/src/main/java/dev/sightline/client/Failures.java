package dev.sightline.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.sightline.v1.ItemError;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;

/** Turns the statuses of gRPC into the SDK's exception: the one place that does. */
final class Failures {
  private Failures() {}

  static SightlineException exception(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Code code = code(status.getCode());
    return refusal(failure)
        .map(info -> refused(code, info, described(status)))
        .orElseGet(() -> SightlineException.of(code, sentence(status)))
        .causedBy(failure);
  }

  /** Why one question of a stream has no answer. */
  static SightlineException ofItem(ItemError error) {
    var code =
        switch (error.getReason()) {
          case "NOT_FRESH", "STORE_UNAVAILABLE", "SERVER_STOPPING" -> Code.UNAVAILABLE;
          case "POSITION_UNKNOWN" -> Code.FAILED_PRECONDITION;
          case "CALLER_NOT_ALLOWED" -> Code.PERMISSION_DENIED;
          case "NOT_AUTHENTICATED" -> Code.UNAUTHENTICATED;
          case "TOO_MANY_WAITING" -> Code.RESOURCE_EXHAUSTED;
          default -> Code.INVALID_ARGUMENT;
        };
    return new SightlineException(code, error.getReason(), error.getMessage(), Map.of());
  }

  private static SightlineException refused(Code code, ErrorInfo info, String sentence) {
    return new SightlineException(code, info.getReason(), sentence, info.getMetadataMap());
  }

  private static Optional<ErrorInfo> refusal(Throwable failure) {
    var status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(any -> any.is(ErrorInfo.class))
        .findFirst()
        .flatMap(Failures::unpacked);
  }

  private static Optional<ErrorInfo> unpacked(Any detail) {
    try {
      return Optional.of(detail.unpack(ErrorInfo.class));
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty(); // The status itself still says what happened.
    }
  }

  private static String described(Status status) {
    String description = status.getDescription();
    return description == null || description.isBlank() ? general(status) : description;
  }

  /** What gRPC itself says about the network is for the log, after what it means. */
  private static String sentence(Status status) {
    return switch (code(status.getCode())) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> general(status) + " (" + status.getDescription() + ")";
      case CANCELLED,
          UNIMPLEMENTED,
          UNAUTHENTICATED,
          INVALID_ARGUMENT,
          NOT_FOUND,
          PERMISSION_DENIED,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL ->
          described(status);
    };
  }

  private static String general(Status status) {
    return switch (code(status.getCode())) {
      case UNAVAILABLE -> "The service cannot be reached; try again.";
      case DEADLINE_EXCEEDED -> "There was no answer within the deadline; allow more time.";
      case CANCELLED -> "The call was given up before it was answered.";
      case UNIMPLEMENTED -> "The service does not know this call; it is older than this SDK.";
      case UNAUTHENTICATED -> "The token was not accepted.";
      case INVALID_ARGUMENT,
          NOT_FOUND,
          PERMISSION_DENIED,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL ->
          "The call failed with " + status.getCode() + ".";
    };
  }

  private static Code code(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      case ABORTED -> Code.ABORTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Code.DEADLINE_EXCEEDED;
      case CANCELLED -> Code.CANCELLED;
      case UNIMPLEMENTED -> Code.UNIMPLEMENTED;
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> Code.INTERNAL;
    };
  }
}
