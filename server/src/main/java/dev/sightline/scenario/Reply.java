package dev.sightline.scenario;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** What came of a step. */
sealed interface Reply {
  /** It succeeded. */
  record Done(Value answer) implements Reply {}

  /**
   * It was refused.
   *
   * @param reason the machine-readable reason; empty if there was none
   */
  record Refused(Status.Code code, String reason, String message) implements Reply {}

  static Reply to(StatusRuntimeException refusal) {
    var status = refusal.getStatus();
    var message = status.getDescription();
    return new Refused(status.getCode(), reason(refusal), message == null ? "" : message);
  }

  private static String reason(StatusRuntimeException refusal) {
    var status = StatusProto.fromThrowable(refusal);
    if (status != null) {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException _) {
            return "unreadable";
          }
        }
      }
    }
    return "";
  }

  /** As a report says it. */
  default String said() {
    return switch (this) {
      case Done(var answer) when answer.equals(Value.NOTHING) -> "success";
      case Done(var answer) -> answer.toString();
      case Refused(var code, var reason, var message) ->
          code
              + (reason.isEmpty() ? "" : ", reason " + reason)
              + (message.isEmpty() ? "" : ": " + message);
    };
  }
}
