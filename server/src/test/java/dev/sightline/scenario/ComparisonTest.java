package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.scenario.Reply.Done;
import dev.sightline.scenario.Reply.Refused;
import dev.sightline.scenario.Value.Fields;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Reply DENIED =
      new Refused(Status.Code.PERMISSION_DENIED, "OWN_ENTRY", "not for oneself");

  @Test
  void lists_are_the_same_in_any_order() {
    assertTrue(Comparison.same(list("a", "b", "b"), list("b", "a", "b")));
    assertTrue(Comparison.same(list(), list()));
  }

  @Test
  void what_is_there_twice_must_be_there_twice() {
    assertFalse(Comparison.same(list("a", "b", "b"), list("a", "a", "b")));
    assertFalse(Comparison.same(list("a"), list("a", "a")));
    assertFalse(Comparison.same(list("a", "a"), list("a")));
  }

  @Test
  void mappings_are_the_same_in_any_order_and_only_whole() {
    var forth = new LinkedHashMap<String, Value>();
    forth.put("ada", Value.of("NONE"));
    forth.put("bo", Value.of("OWNER"));
    assertTrue(Comparison.same(new Fields(forth), new Fields(forth.reversed())));
    assertFalse(Comparison.same(levels("ada", "NONE"), levels("ada", "VIEWER")));
    assertFalse(Comparison.same(levels("ada", "NONE"), new Fields(Map.of())));
  }

  @Test
  void a_refusal_is_met_by_its_code_alone() {
    assertTrue(Comparison.met(new Expectation.Refusal(Status.Code.PERMISSION_DENIED), DENIED));
    assertFalse(Comparison.met(new Expectation.Refusal(Status.Code.NOT_FOUND), DENIED));
    assertFalse(
        Comparison.met(new Expectation.Refusal(Status.Code.NOT_FOUND), new Done(Value.NOTHING)));
  }

  @Test
  void a_change_without_error_must_succeed() {
    assertTrue(Comparison.met(new Expectation.Success(), new Done(Value.NOTHING)));
    assertFalse(Comparison.met(new Expectation.Success(), DENIED));
    assertFalse(Comparison.met(new Expectation.Answer(Value.of(true)), DENIED));
  }

  @Test
  void a_difference_says_what_is_missing_and_what_is_too_much() {
    assertEquals(
        List.of("missing [a]", "unexpected [c, c]"),
        Comparison.details(new Expectation.Answer(list("a", "b")), new Done(list("c", "b", "c"))));
    assertEquals(
        List.of("missing [{ada: NONE}]", "unexpected [{ada: VIEWER}]"),
        Comparison.details(
            new Expectation.Answer(levels("ada", "NONE")), new Done(levels("ada", "VIEWER"))));
    assertEquals(
        List.of(),
        Comparison.details(new Expectation.Answer(Value.of(true)), new Done(Value.of(false))));
  }

  @Test
  void a_refusal_is_said_with_code_and_reason() {
    assertEquals("PERMISSION_DENIED, reason OWN_ENTRY: not for oneself", DENIED.said());
    assertEquals("UNAVAILABLE", new Refused(Status.Code.UNAVAILABLE, "", "").said());
  }

  private static Value list(String... texts) {
    return Value.of(List.of(texts));
  }

  private static Value levels(String user, String level) {
    return new Fields(Map.of(user, Value.of(level)));
  }
}
