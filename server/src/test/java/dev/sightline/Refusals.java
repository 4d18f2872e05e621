package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** What a refused call says. */
final class Refusals {
  private Refusals() {}

  /** Asserts that a call is refused with this status, this reason and a sentence for people. */
  static StatusRuntimeException assertRefused(Status.Code code, String reason, Executable call) {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call);
    assertEquals(code + " " + reason, refused.getStatus().getCode() + " " + reason(refused));
    String sentence = refused.getStatus().getDescription();
    assertTrue(sentence != null && sentence.contains(" "), () -> "no sentence: " + sentence);
    return refused;
  }

  /** The reason in the google.rpc.ErrorInfo; empty if there is none. */
  static String reason(StatusRuntimeException refused) {
    return info(refused).getReason();
  }

  /** A fact in the google.rpc.ErrorInfo; empty if it is not there. */
  static String fact(StatusRuntimeException refused, String name) {
    return info(refused).getMetadataOrDefault(name, "");
  }

  /** All facts in the google.rpc.ErrorInfo, by name. */
  static Map<String, String> facts(StatusRuntimeException refused) {
    return new TreeMap<>(info(refused).getMetadataMap());
  }

  private static ErrorInfo info(StatusRuntimeException refused) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    for (Any detail : status == null ? java.util.List.<Any>of() : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          assertEquals("sightline.dev", info.getDomain());
          return info;
        }
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return ErrorInfo.getDefaultInstance();
  }
}
