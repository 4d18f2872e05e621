package dev.sightline.cli.command;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;

/** Says what a failed call means. */
final class ServerFailure {
  private final ServerAddress address;
  private final Duration timeout;

  ServerFailure(ServerAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  CommandFailure of(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    ErrorInfo info = errorInfo(failure);
    return new CommandFailure(
        exit(status.getCode()),
        status.getCode().name(),
        info.getReason(),
        sentence(status, info),
        info.getMetadataMap());
  }

  private String sentence(Status status, ErrorInfo info) {
    if (info.getReason().isEmpty() && status.getCode() == Status.Code.UNAVAILABLE) {
      return unreachable(status);
    }
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "No answer from " + address + " within " + Durations.text(timeout) + " (--timeout).";
    }
    String description = status.getDescription();
    return description == null || description.isBlank()
        ? "The server at " + address + " answered " + status.getCode() + "."
        : description;
  }

  private String unreachable(Status status) {
    Throwable cause = status.getCause();
    String why = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
    String description = status.getDescription() == null ? "" : status.getDescription();
    return "No server can be reached at "
        + address
        + " ("
        + (why.isEmpty() ? description : why)
        + "). Start one with 'sightline serve', or name another with --server HOST:PORT.";
  }

  private static ErrorInfo errorInfo(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return unpacked(detail);
        }
      }
    }
    return ErrorInfo.getDefaultInstance();
  }

  private static ErrorInfo unpacked(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }

  private static ExitCode exit(Status.Code code) {
    return switch (code) {
      case OK -> ExitCode.DONE;
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          FAILED_PRECONDITION,
          RESOURCE_EXHAUSTED,
          ABORTED,
          OUT_OF_RANGE ->
          ExitCode.REFUSED;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> ExitCode.UNAVAILABLE;
      case CANCELLED, UNKNOWN, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> ExitCode.UNEXPECTED;
    };
  }
}
