package dev.sightline.scenario;

import dev.sightline.scenario.Value.Fields;
import dev.sightline.scenario.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a step came out as it says it must. */
final class Comparison {
  private Comparison() {}

  static boolean met(Expectation expectation, Reply reply) {
    return switch (expectation) {
      case Expectation.Success _ -> reply instanceof Reply.Done;
      case Expectation.Answer(var value) ->
          reply instanceof Reply.Done(var answer) && same(value, answer);
      case Expectation.Refusal(var code) ->
          reply instanceof Reply.Refused refused && refused.code() == code;
    };
  }

  /** Equal, lists in any order; what is there twice must be there twice. */
  static boolean same(Value expected, Value got) {
    if (expected instanceof Items(var some) && got instanceof Items(var others)) {
      return without(some, others).isEmpty() && without(others, some).isEmpty();
    }
    return expected.equals(got);
  }

  /** For answers that are lists or mappings, what is missing and what is too much; else empty. */
  static List<String> details(Expectation expectation, Reply reply) {
    return expectation instanceof Expectation.Answer(var expected)
            && reply instanceof Reply.Done(var got)
        ? details(expected, got)
        : List.of();
  }

  private static List<String> details(Value expected, Value got) {
    var expectedParts = parts(expected);
    var gotParts = parts(got);
    var details = new ArrayList<String>();
    addIfAny(details, "missing", without(expectedParts, gotParts));
    addIfAny(details, "unexpected", without(gotParts, expectedParts));
    return details;
  }

  private static void addIfAny(List<String> details, String what, List<Value> values) {
    if (!values.isEmpty()) {
      details.add(what + " " + new Items(values));
    }
  }

  private static List<Value> parts(Value value) {
    return switch (value) {
      case Items(var values) -> values;
      case Fields(var values) ->
          values.entrySet().stream()
              .<Value>map(field -> new Fields(Map.of(field.getKey(), field.getValue())))
              .toList();
      case Value.Text _, Value.Nothing _ -> List.of();
    };
  }

  /** What of {@code some} is left when each of {@code others} has taken away one of its equals. */
  private static List<Value> without(List<Value> some, List<Value> others) {
    var left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }
}
