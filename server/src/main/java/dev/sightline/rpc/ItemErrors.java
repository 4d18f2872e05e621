package dev.sightline.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.model.Action;
import dev.sightline.model.Ids;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.v1.ItemError;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a single question of a batch or a stream has no answer. */
final class ItemErrors {
  private ItemErrors() {}

  /**
   * What is wrong with a question by itself, or null: unknown ids are not.
   *
   * @param action null for one that there is not
   * @param actionValue its number on the wire
   */
  static @Nullable ItemError ofQuestion(
      String user, String dashboard, @Nullable Action action, int actionValue) {
    if (!UserId.isWellFormed(user)) {
      return of(Reason.MALFORMED_ID, Requests.malformedIdMessage("user_id", user));
    }
    if (!Ids.isWellFormed(dashboard)) {
      return of(Reason.MALFORMED_ID, Requests.malformedIdMessage("dashboard_id", dashboard));
    }
    return action != null
        ? null
        : of(
            Reason.UNKNOWN_ENUM_VALUE,
            "action is %d, not one of the actions of sightline.v1.Action".formatted(actionValue));
  }

  /** What would have ended a call that asks nothing else. */
  static ItemError ofFailure(Throwable failure) {
    if (failure instanceof NotAnswerable known) {
      Refusal refusal = known.refusal();
      return of(refusal.reason(), refusal.message());
    }
    StatusRuntimeException exception = Calls.status(failure);
    return ItemError.newBuilder()
        .setReason(reason(exception))
        .setMessage(String.valueOf(exception.getStatus().getDescription()))
        .build();
  }

  /** The reason of a refusal; of what is none, a fault of ours say, the name of its status. */
  private static String reason(StatusRuntimeException exception) {
    Status status = StatusProto.fromThrowable(exception);
    try {
      for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
    } catch (InvalidProtocolBufferException ours) {
      throw new IllegalStateException("a status that we made cannot be read", ours);
    }
    return exception.getStatus().getCode().name();
  }

  private static ItemError of(Reason reason, String message) {
    return ItemError.newBuilder().setReason(reason.name()).setMessage(message).build();
  }
}
