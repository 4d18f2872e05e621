package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.CanUseActiveResponseRequest;
import dev.sightline.v1.CanUseActiveResponseResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EnrollSecondFactorRequest;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.RemoveSecondFactorRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetActiveResponseRequest;
import dev.sightline.v1.User;
import dev.sightline.v1.Written;
import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Active Response is a permission of its own, and without a second factor it is not to be used. */
class ActiveResponseTest {
  private static TestService service;
  private static Node node;
  private static int organizations;

  private String organization = "";

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void organization() {
    organization = "org-" + ++organizations;
    Orgs.create(node, organization, "ada");
    Orgs.add(node, organization, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.add(node, organization, "ada", "mia", Role.ROLE_MANAGER);
  }

  @Test
  void it_may_be_used_once_it_is_granted_and_a_second_factor_is_enrolled() {
    assertFalse(canUse("bo"));
    set("ada", "bo", true);
    assertFalse(canUse("bo"), "granted alone");
    enroll("bo");
    assertTrue(canUse("bo"));
    set("ada", "bo", false);
    assertFalse(canUse("bo"), "enrolled alone");
  }

  @Test
  void it_may_be_used_only_while_active() {
    set("ada", "bo", true);
    enroll("bo");
    var disable =
        DisableUserRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setUserId("bo")
            .build();
    var _ = node.directory.disableUser(disable);
    assertFalse(canUse("bo"));
    var enable =
        EnableUserRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setUserId("bo")
            .build();
    var _ = node.directory.enableUser(enable);
    assertTrue(canUse("bo"), "what was granted and enrolled is kept");
    var delete =
        DeleteUserRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor("ada"))
            .setUserId("bo")
            .build();
    var _ = node.directory.deleteUser(delete);
    assertFalse(canUse("bo"));
  }

  @Test
  void any_role_may_have_it_and_none_has_it_by_itself() {
    for (String user : new String[] {"ada", "mia", "bo"}) {
      enroll(user);
      assertFalse(canUse(user), user);
      set("ada", user, true);
      assertTrue(canUse(user), user);
    }
  }

  @Test
  void only_admins_grant_it() {
    for (String actor : new String[] {"mia", "bo"}) {
      Refusals.assertRefused(Code.PERMISSION_DENIED, "ROLE_REQUIRED", () -> set(actor, "bo", true));
    }
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> set("nobody", "bo", true));
    Refusals.assertRefused(Code.NOT_FOUND, "USER_NOT_FOUND", () -> set("ada", "nobody", true));
    Refusals.assertRefused(Code.NOT_FOUND, "USER_NOT_FOUND", () -> set("ada", "support:kim", true));
  }

  @Test
  void granting_it_twice_or_taking_away_what_is_not_there_makes_no_revision() {
    assertFalse(set("ada", "bo", false).getChanged());
    assertTrue(set("ada", "bo", true).getChanged());
    assertFalse(set("ada", "bo", true).getChanged());
    assertTrue(enroll("bo").getChanged());
    assertFalse(enroll("bo").getChanged());
    assertTrue(remove("bo", "bo").getChanged());
    assertFalse(remove("bo", "bo").getChanged());
  }

  @Test
  void a_second_factor_is_enrolled_by_its_user_and_removed_by_the_user_or_an_admin() {
    set("ada", "bo", true);
    enroll("bo");
    Refusals.assertRefused(Code.PERMISSION_DENIED, "ROLE_REQUIRED", () -> remove("mia", "bo"));
    assertTrue(canUse("bo"));
    remove("ada", "bo");
    assertFalse(canUse("bo"));
    enroll("bo");
    remove("bo", "bo");
    assertFalse(canUse("bo"));
    Refusals.assertRefused(Code.NOT_FOUND, "USER_NOT_FOUND", () -> remove("ada", "nobody"));
    Refusals.assertRefused(Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> enroll("nobody"));
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> enroll("support:kim"));
  }

  @Test
  void the_user_shows_both_facts() {
    assertFalse(user("bo").getActiveResponse());
    set("ada", "bo", true);
    assertTrue(user("bo").getActiveResponse());
    assertFalse(user("bo").getSecondFactor());
    enroll("bo");
    assertTrue(user("bo").getSecondFactor());
  }

  @Test
  void nobody_unknown_may_use_it_and_no_agent() {
    assertFalse(canUse("nobody"));
    assertFalse(canUse("support:kim"));
    var elsewhere =
        node.access.canUseActiveResponse(
            CanUseActiveResponseRequest.newBuilder()
                .setOrganizationId("no-such-organization")
                .setUserId("ada")
                .build());
    assertFalse(elsewhere.getAllowed());
    Refusals.assertRefused(Code.INVALID_ARGUMENT, "MALFORMED_ID", () -> canUse("no id"));
  }

  @Test
  void an_answer_says_where_it_was_decided() {
    enroll("bo");
    Written granted = set("ada", "bo", true);
    CanUseActiveResponseResponse answer = ask("bo", Orgs.atLeast(granted.getPosition()));
    assertTrue(answer.getAllowed());
    assertEquals(granted.getPosition(), answer.getPosition());
    assertTrue(answer.getProofAgeMicros() >= 0);
  }

  private boolean canUse(String user) {
    return ask(user, Orgs.FULLY_CONSISTENT).getAllowed();
  }

  private CanUseActiveResponseResponse ask(String user, Consistency consistency) {
    return node.access.canUseActiveResponse(
        CanUseActiveResponseRequest.newBuilder()
            .setOrganizationId(organization)
            .setUserId(user)
            .setConsistency(consistency)
            .build());
  }

  private User user(String user) {
    return node.directory
        .getUser(
            GetUserRequest.newBuilder().setOrganizationId(organization).setUserId(user).build())
        .getUser();
  }

  private Written set(String actor, String user, boolean granted) {
    return node.directory
        .setActiveResponse(
            SetActiveResponseRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .setGranted(granted)
                .build())
        .getWritten();
  }

  private Written enroll(String user) {
    return node.directory
        .enrollSecondFactor(
            EnrollSecondFactorRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(user))
                .build())
        .getWritten();
  }

  private Written remove(String actor, String user) {
    return node.directory
        .removeSecondFactor(
            RemoveSecondFactorRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .build())
        .getWritten();
  }
}
