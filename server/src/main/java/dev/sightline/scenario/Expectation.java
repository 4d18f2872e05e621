package dev.sightline.scenario;

import io.grpc.Status;

/** What a step says must come of it. */
sealed interface Expectation {
  /** It succeeds, whatever it answers. */
  record Success() implements Expectation {}

  /** It answers exactly this; lists in any order. */
  record Answer(Value value) implements Expectation {}

  /** It is refused with this code. */
  record Refusal(Status.Code code) implements Expectation {}

  /** As a report says it. */
  default String said() {
    return switch (this) {
      case Success _ -> "success";
      case Answer(var value) -> value.toString();
      case Refusal(var code) -> code.name();
    };
  }
}
