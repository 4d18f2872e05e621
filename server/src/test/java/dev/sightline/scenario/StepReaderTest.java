package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

final class StepReaderTest {
  private static final Step.Place PLACE = new Step.Place("a.yaml", 1, 1);

  @Test
  void a_step_says_who_does_what_where() throws Exception {
    var step =
        read("{delete_user: {user: bo}, by: acme/ada, organization: west, error: NOT_FOUND}");

    assertEquals("delete_user", step.operation().name());
    assertEquals("acme/ada", step.by());
    assertEquals("west", step.organization());
    assertEquals(new Expectation.Refusal(Status.Code.NOT_FOUND), step.expectation());
    assertEquals(
        "delete_user: {user: bo}, by: acme/ada, organization: west, error: NOT_FOUND", step.text());
  }

  @Test
  void a_step_happens_where_the_file_says_unless_it_says_otherwise() throws Exception {
    assertEquals("acme", read("{delete_user: {user: bo}}").organization());
    assertEquals("", read("{advance: 1s}").organization());
    String said = malformed("{users: {}}", "");
    assertTrue(said.contains("neither the step nor the file says the `organization`"), said);
  }

  @Test
  void a_step_has_exactly_one_operation() {
    assertMalformed(
        "more than one operation: enable_user, disable_user",
        "{enable_user: {user: bo}, disable_user: {user: bo}}");
    assertMalformed("no operation", "{by: ada}");
    assertMalformed("a step is `operation: arguments`", "advance");
  }

  @Test
  void an_unknown_operation_is_told_with_those_there_are() {
    String said = malformed("{add_usr: {id: bo}}", "acme");

    assertTrue(said.contains("`add_usr` is no operation"), said);
    assertTrue(said.contains("add_user, advance"), said);
    assertTrue(said.contains("by, organization, as, expect, error"), said);
  }

  @Test
  void arguments_are_told_with_what_is_allowed() {
    assertMalformed(
        "add_user has no argument `mail`; allowed: {id, name, email, role?, title?}",
        "{add_user: {id: bo, name: Bo, email: b@a.test, mail: x}}");
    assertMalformed("add_user lacks `email`", "{add_user: {id: bo, name: Bo}}");
    assertMalformed("add_user is bo; expected {id,", "{add_user: bo}");
    assertMalformed(
        "change_role.role is `BOSS`; allowed: ANALYST, MANAGER, ADMIN",
        "{change_role: {user: bo, role: BOSS}}");
    assertMalformed(
        "set_draft.draft is `yes`; allowed: true, false",
        "{set_draft: {dashboard: d, draft: yes}}");
    assertMalformed("delete_user.user is nothing", "{delete_user: {user: null}}");
    assertMalformed("delete_user.user is [bo]; expected a text", "{delete_user: {user: [bo]}}");
    assertMalformed("create_team.id is empty", "{create_team: {id: \"\", name: x}}");
    assertMalformed("`1w` is no duration", "{advance: 1w}");
  }

  @Test
  void arguments_within_lists_are_told_by_their_place() {
    assertMalformed(
        "update_access.set[2].level is `OWNR`",
        "{update_access: {dashboard: d, set: [{user: a, level: NONE}, {user: b, level: OWNR}]}}");
    assertMalformed(
        "update_access.set[1] needs exactly one of user, team",
        "{update_access: {dashboard: d, set: [{user: a, team: t, level: NONE}]}}");
    assertMalformed(
        "update_access.remove[1] needs exactly one of user, team",
        "{update_access: {dashboard: d, remove: [{}]}}");
    assertMalformed(
        "update_access.remove is {user: a}; expected a list",
        "{update_access: {dashboard: d, remove: {user: a}}}");
    assertMalformed(
        "`soon` is no duration",
        "{update_access: {dashboard: d, set: [{user: a, level: NONE, expires_in: soon}]}}");
  }

  @Test
  void what_cannot_stand_beside_an_operation_is_refused() {
    assertMalformed(
        "`expect` cannot stand beside delete_user", "{delete_user: {user: a}, expect: true}");
    assertMalformed(
        "`error` cannot stand beside advance; allowed: nothing", "{advance: 1s, error: NOT_FOUND}");
    assertMalformed(
        "`expect` or `error`, not both",
        "{can_view: {user: a, dashboard: d}, expect: true, error: NOT_FOUND}");
  }

  @Test
  void an_answer_that_no_service_could_give_is_refused() {
    assertMalformed(
        "expect is `yes`; allowed: true, false",
        "{can_view: {user: a, dashboard: d}, expect: yes}");
    assertMalformed("expect is D1; expected a list", "{list_visible: {user: a}, expect: D1}");
    assertMalformed("expect of ada is `ACTVE`", "{users: {}, expect: {ada: ACTVE}}");
    assertMalformed(
        "expect lacks `because`", "{explain: {user: a, dashboard: d}, expect: {level: NONE}}");
    assertMalformed(
        "error is `FORBIDDEN`; allowed: CANCELLED,", "{delete_user: {user: a}, error: FORBIDDEN}");
  }

  private static Step read(String yaml) throws Exception {
    return read(yaml, "acme");
  }

  private static Step read(String yaml, String organization) throws Exception {
    var document = Document.yaml("steps: [" + yaml + "]");
    return new StepReader(organization).read(PLACE, document.steps().getFirst().step());
  }

  private static void assertMalformed(String expected, String yaml) {
    String said = malformed(yaml, "acme");
    assertTrue(said.contains(expected), said);
  }

  private static String malformed(String yaml, String organization) {
    return assertThrows(Malformed.class, () -> read(yaml, organization)).said();
  }
}
