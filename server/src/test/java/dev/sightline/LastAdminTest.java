package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.User;
import dev.sightline.v1.UserStatus;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An organization keeps at least one ACTIVE ADMIN, whoever does what at the same time. */
class LastAdminTest {
  private static final int ADMINS = 8;

  private static TestService service;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    service = TestService.start();
    one = service.node();
    other = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void admins_who_remove_each_other_at_the_same_time_leave_one() throws Exception {
    for (int round = 0; round < 4; round++) {
      assertOneIsLeft("one-node-" + round, List.of(one));
    }
  }

  @Test
  void admins_who_remove_each_other_on_two_nodes_leave_one() throws Exception {
    for (int round = 0; round < 4; round++) {
      assertOneIsLeft("two-nodes-" + round, List.of(one, other));
    }
  }

  @Test
  void two_admins_who_step_down_at_the_same_time_leave_one() throws Exception {
    for (int round = 0; round < 10; round++) {
      String organization = "step-down-" + round;
      Orgs.create(one, organization, "a0");
      Orgs.add(one, organization, "a0", "a1", Role.ROLE_ADMIN);
      List<String> outcomes =
          together(
              List.of(
                  () -> demote(one, organization, "a0", "a0"),
                  () -> demote(other, organization, "a1", "a1")));
      assertEquals(
          Set.of("DONE", "FAILED_PRECONDITION LAST_ADMIN"), Set.copyOf(outcomes), organization);
      assertEquals(1, activeAdmins(organization).size());
    }
  }

  private static void assertOneIsLeft(String organization, List<Node> nodes) throws Exception {
    Orgs.create(one, organization, "a0");
    for (int i = 1; i < ADMINS; i++) {
      Orgs.add(one, organization, "a0", "a" + i, Role.ROLE_ADMIN);
    }
    List<Runnable> removals = new ArrayList<>();
    for (int i = 0; i < ADMINS; i++) {
      for (int j = 0; j < ADMINS; j++) {
        String actor = "a" + i;
        String user = "a" + j;
        Node node = nodes.get((i + j) % nodes.size());
        removals.add(
            i == j
                ? () -> demote(node, organization, actor, actor)
                : switch ((i * ADMINS + j) % 3) {
                  case 0 -> () -> demote(node, organization, actor, user);
                  case 1 -> () -> disable(node, organization, actor, user);
                  default -> () -> delete(node, organization, actor, user);
                });
      }
    }
    java.util.Collections.shuffle(removals, new java.util.Random(organization.hashCode()));
    List<String> outcomes = together(removals);
    Set<String> told = new TreeSet<>(outcomes);
    told.removeAll(
        Set.of(
            "DONE",
            "FAILED_PRECONDITION LAST_ADMIN",
            "PERMISSION_DENIED ACTOR_NOT_ALLOWED",
            "PERMISSION_DENIED ROLE_REQUIRED",
            "NOT_FOUND USER_NOT_FOUND"));
    assertEquals(Set.of(), told, "whoever came too late is told why");
    assertEquals(1, activeAdmins(organization).size(), () -> organization + " " + outcomes);
    assertInstanceOf(ChainCheck.Intact.class, service.chain(organization));
  }

  private static List<String> activeAdmins(String organization) {
    List<List<String>> seen = new ArrayList<>();
    for (Node node : List.of(one, other)) {
      seen.add(
          node
              .directory
              .listUsers(ListUsersRequest.newBuilder().setOrganizationId(organization).build())
              .getUsersList()
              .stream()
              .filter(user -> user.getRole() == Role.ROLE_ADMIN)
              .filter(user -> user.getStatus() == UserStatus.USER_STATUS_ACTIVE)
              .map(User::getId)
              .toList());
    }
    assertEquals(seen.getFirst(), seen.getLast());
    return seen.getFirst();
  }

  private static List<String> together(List<Runnable> calls) throws Exception {
    var begin = new CountDownLatch(1);
    List<Future<String>> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable call : calls) {
        outcomes.add(
            threads.submit(() -> {
              begin.await();
              try {
                call.run();
                return "DONE";
              } catch (StatusRuntimeException refused) {
                return refused.getStatus().getCode() + " " + Refusals.reason(refused);
              }
            }));
      }
      begin.countDown();
      List<String> told = new ArrayList<>();
      for (Future<String> outcome : outcomes) {
        told.add(outcome.get());
      }
      assertTrue(told.contains("DONE"));
      return told;
    }
  }

  private static void demote(Node node, String organization, String actor, String user) {
    var _ =
        node.directory.changeRole(
            ChangeRoleRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .setRole(Role.ROLE_ANALYST)
                .build());
  }

  private static void disable(Node node, String organization, String actor, String user) {
    var _ =
        node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .build());
  }

  private static void delete(Node node, String organization, String actor, String user) {
    var _ =
        node.directory.deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .build());
  }
}
