package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sightline.AnyCall.Outcome;
import dev.sightline.v1.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every RPC that names an actor is tried with everybody who may not act in the organization. */
@Timeout(300)
class ActorsMatrixTest {
  private static final String NOT_ALLOWED = "PERMISSION_DENIED ACTOR_NOT_ALLOWED";

  /** Who exists nowhere, or not here. */
  private static final List<Actor> UNKNOWN =
      List.of(
          actor("nobody", "home"),
          actor("far-ada", "home"),
          actor("far-user", "home"),
          actor("gone-user", "home"),
          actor("support:nobody", "home"),
          actor("support:far", "home"),
          actor("support:outsider", "home"),
          actor("support:gone", "home"),
          actor("support:past", "home"));

  private static final List<Actor> INACTIVE =
      List.of(actor("disabled", "home"), actor("invited", "home"));

  private static final List<Actor> OF_OTHERS =
      List.of(
          actor("far-ada", "far"),
          actor("ada", "far"),
          actor("ada", "no-organization"),
          actor("wes", "west"));

  private static MatrixWorld world;

  @BeforeAll
  static void start() {
    world = MatrixWorld.withTokens();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static Actor actor(String user, String organization) {
    return Actor.newBuilder().setUserId(user).setOrganizationId(organization).build();
  }

  @Test
  void nobody_acts_who_is_not_an_active_user_of_the_organization_or_let_in() {
    List<String> wrong = new ArrayList<>();
    Set<String> tried = new TreeSet<>();
    for (String name : ValidRequests.rpcs()) {
      AnyCall rpc = world.rpc(name);
      if (!rpc.names("actor")) {
        continue;
      }
      tried.add(name);
      var caller = world.caller(rpc);
      Message valid = ValidRequests.of(world, name, 0);
      String before = world.everything();
      Set<String> told = new TreeSet<>();
      for (Actor actor : UNKNOWN) {
        Outcome outcome = rpc.on(caller, by(actor, valid));
        told.add(outcome.told(actor.getUserId()));
        check(name, actor, outcome, wrong);
      }
      if (told.size() > 1) {
        wrong.add(name + " tells those apart who do not exist: " + told);
      }
      INACTIVE.forEach(actor -> check(name, actor, rpc.on(caller, by(actor, valid)), wrong));
      OF_OTHERS.forEach(actor -> check(name, actor, rpc.on(caller, by(actor, valid)), wrong));
      if (!before.equals(world.everything())) {
        wrong.add(name + " changes something though nobody may");
      }
      Outcome right = rpc.on(caller, valid);
      if (!right.ok()) {
        wrong.add(name + " is refused to whoever may: " + right.told(""));
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(tried.size() > 50, tried::toString);
  }

  private static void check(String rpc, Actor actor, Outcome outcome, List<String> wrong) {
    // "An ADMIN of another organisation of the realm sees none."
    boolean seesNone =
        rpc.equals("SupportAccessService/ListSupportRequests")
            && actor.getOrganizationId().equals("west")
            && outcome.ok()
            && outcome.answers().getFirst().getAllFields().isEmpty();
    if (!seesNone && !outcome.brief().equals(NOT_ALLOWED)) {
      wrong.add(
          rpc + " by " + actor.getUserId() + " of " + actor.getOrganizationId() + ": " + outcome);
    }
  }

  private static Message by(Actor actor, Message valid) {
    FieldDescriptor field =
        Objects.requireNonNull(valid.getDescriptorForType().findFieldByName("actor"));
    return valid.toBuilder().setField(field, actor).build();
  }
}
