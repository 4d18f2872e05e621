package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Role;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchOneWayRequest;
import dev.sightline.v1.WatchOneWayResponse;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchedOrganization;
import dev.sightline.v1.WideChange;
import dev.sightline.v1.Written;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Watches over real sockets, on two nodes of one database that do not talk to each other. */
class WatchTest {
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

  private static void organization(String id) {
    Orgs.create(one, id, "ada");
    Orgs.add(one, id, "ada", "bo", Role.ROLE_ANALYST);
    Orgs.add(one, id, "ada", "cal", Role.ROLE_ANALYST);
    Orgs.dashboard(one, id, "ada", "d", Level.LEVEL_NONE);
  }

  private static Written give(Node node, String organization, String user, Level level) {
    return node.dashboards
        .updateAccess(Orgs.give(organization, "ada", "d", user, level))
        .getWritten();
  }

  private static Watching watch(Node node, StartWatch.Builder start) {
    return Watching.open(node.channel, start.build());
  }

  @Test
  void what_a_node_writes_is_told_on_it_and_on_the_other() throws Exception {
    organization("told");
    try (Watching here = watch(one, Watching.of("told"));
        Watching there = watch(other, Watching.of("told"))) {
      here.started();
      there.started();
      Written written = give(one, "told", "bo", Level.LEVEL_VIEWER);
      for (Watching watching : List.of(here, there)) {
        LevelsChanged changed = watching.changed();
        assertEquals("told", changed.getOrganizationId());
        assertEquals(List.of("bo d NONE->VIEWER"), texts(changed));
        assertEquals(written.getPosition(), changed.getPosition());
        assertEquals(written.getPosition(), changed.getCursor());
        assertEquals(written.getRevision(), changed.getRevision());
        assertFalse(changed.getByTime() || changed.getMore() || changed.hasWide());
      }
    }
  }

  private static List<String> texts(LevelsChanged changed) {
    return changed.getChangesList().stream().map(Watching::text).toList();
  }

  @Test
  void who_comes_back_to_another_node_is_told_what_came_after_the_cursor_and_nothing_else()
      throws Exception {
    organization("back");
    ByteString cursor;
    try (Watching watching = watch(one, Watching.of("back"))) {
      watching.started();
      give(one, "back", "bo", Level.LEVEL_VIEWER);
      cursor = watching.changed().getCursor();
    }
    give(other, "back", "bo", Level.LEVEL_EDITOR);
    give(one, "back", "cal", Level.LEVEL_VIEWER);
    for (Node node : List.of(one, other)) {
      try (Watching watching = watch(node, Watching.from("back", cursor))) {
        assertEquals(cursor, watching.started());
        assertEquals(
            List.of("bo d VIEWER->EDITOR", "cal d NONE->VIEWER"), watching.changesUntilNow());
      }
    }
  }

  @Test
  void the_position_of_a_write_is_a_cursor() throws Exception {
    organization("position");
    Written first = give(one, "position", "bo", Level.LEVEL_VIEWER);
    give(one, "position", "bo", Level.LEVEL_EDITOR);
    try (Watching watching = watch(other, Watching.from("position", first.getPosition()))) {
      watching.started();
      assertEquals(List.of("bo d VIEWER->EDITOR"), watching.changesUntilNow());
    }
  }

  @Test
  void a_filter_lets_through_what_it_names() throws Exception {
    organization("filter");
    Orgs.dashboard(one, "filter", "ada", "e", Level.LEVEL_NONE);
    try (Watching ofBo = watch(one, Watching.of("filter").addUserIds("bo"));
        Watching onE = watch(one, Watching.of("filter").addDashboardIds("e"));
        Watching down = watch(one, Watching.of("filter").setRevocationsOnly(true))) {
      ofBo.started();
      onE.started();
      down.started();
      give(one, "filter", "bo", Level.LEVEL_EDITOR);
      give(one, "filter", "cal", Level.LEVEL_EDITOR);
      give(one, "filter", "bo", Level.LEVEL_VIEWER);
      one.dashboards.updateAccess(Orgs.give("filter", "ada", "e", "cal", Level.LEVEL_VIEWER));
      assertEquals(List.of("bo d NONE->EDITOR", "bo d EDITOR->VIEWER"), ofBo.changesUntilNow());
      assertEquals(List.of("cal e NONE->VIEWER"), onE.changesUntilNow());
      assertEquals(List.of("bo d EDITOR->VIEWER"), down.changesUntilNow());
    }
  }

  @Test
  void a_heartbeat_comes_behind_everything_that_was_committed_before_the_ping() throws Exception {
    organization("heartbeat");
    try (Watching there = watch(other, Watching.of("heartbeat"))) {
      there.started();
      for (int i = 0; i < 20; i++) {
        give(one, "heartbeat", "bo", i % 2 == 0 ? Level.LEVEL_EDITOR : Level.LEVEL_VIEWER);
        List<WatchEvent> told = new ArrayList<>();
        Heartbeat heartbeat = there.heartbeat(told);
        assertEquals(1, told.size(), told::toString);
        assertTrue(heartbeat.getProofAgeMicros() < 20_000_000, heartbeat::toString);
      }
      there.ping(77, false);
      assertEquals(77, there.next().getHeartbeat().getPingId());
    }
  }

  @Test
  void what_is_created_within_the_scope_is_told_from_its_creation() throws Exception {
    Orgs.create(one, "root", "ada");
    try (Watching everything = watch(other, StartWatch.newBuilder().setEverything(true));
        Watching realm = watch(one, StartWatch.newBuilder().setRealmId("root"))) {
      everything.untilNow();
      assertEquals("root", realm.next().getStarted().getOrganizationId());
      one.directory.createOrganization(
          CreateOrganizationRequest.newBuilder()
              .setOrganizationId("branch")
              .setName("Branch")
              .setParentId("root")
              .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
              .build());
      Orgs.dashboard(one, "branch", "ada", "d", Level.LEVEL_VIEWER);
      Orgs.create(one, "elsewhere", "ada");
      Orgs.dashboard(one, "elsewhere", "ada", "d", Level.LEVEL_VIEWER);
      assertEquals(List.of("ada d NONE->OWNER"), realm.changesUntilNow());
      List<WatchEvent> told = everything.untilNow();
      List<String> changed =
          told.stream()
              .filter(WatchEvent::hasLevelsChanged)
              .map(event -> event.getLevelsChanged().getOrganizationId())
              .sorted()
              .toList();
      assertTrue(changed.containsAll(List.of("branch", "elsewhere")), told::toString);
    }
  }

  @Test
  void who_comes_back_to_a_scope_is_told_of_what_was_created_meanwhile() throws Exception {
    Orgs.create(one, "scope", "ada");
    ByteString cursor;
    try (Watching realm = watch(one, StartWatch.newBuilder().setRealmId("scope"))) {
      cursor = realm.started();
    }
    one.directory.createOrganization(
        CreateOrganizationRequest.newBuilder()
            .setOrganizationId("scope-new")
            .setName("New")
            .setParentId("scope")
            .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
            .build());
    Orgs.dashboard(one, "scope-new", "ada", "d", Level.LEVEL_VIEWER);
    StartWatch.Builder back =
        StartWatch.newBuilder()
            .setRealmId("scope")
            .setUnnamedFromCreation(true)
            .addOrganizations(
                WatchedOrganization.newBuilder().setOrganizationId("scope").setCursor(cursor));
    try (Watching realm = watch(other, back)) {
      assertEquals(List.of("ada d NONE->OWNER"), realm.changesUntilNow());
    }
  }

  /** The cursor before a creation is empty, and so is none: what is asked for tells them apart. */
  @Test
  void who_was_told_nothing_yet_since_the_creation_comes_back_without_a_cursor() throws Exception {
    organization("empty-cursor");
    ByteString cursor;
    try (Watching realm =
        watch(
            one, StartWatch.newBuilder().setRealmId("empty-cursor").setUnnamedFromCreation(true))) {
      cursor = realm.started();
    }
    StartWatch.Builder back = Watching.from("empty-cursor", cursor).setUnnamedFromCreation(true);
    for (StartWatch.Builder start : List.of(back, back.clone().setRealmId("empty-cursor"))) {
      try (Watching watching = watch(other, start)) {
        assertEquals(List.of("ada d NONE->OWNER"), watching.changesUntilNow());
      }
    }
  }

  @Test
  void the_one_way_form_tells_the_same_and_sends_heartbeats() {
    organization("one-way");
    Iterator<WatchOneWayResponse> told =
        WatchServiceGrpc.newBlockingStub(one.channel)
            .watchOneWay(
                WatchOneWayRequest.newBuilder()
                    .setStart(Watching.of("one-way").setHeartbeatIntervalMicros(50_000))
                    .build());
    assertTrue(told.next().getEvent().hasStarted());
    assertTrue(told.next().getEvent().hasHeartbeat());
    give(one, "one-way", "bo", Level.LEVEL_VIEWER);
    WatchEvent event = told.next().getEvent();
    while (event.hasHeartbeat()) {
      event = told.next().getEvent();
    }
    assertEquals(List.of("bo d NONE->VIEWER"), texts(event.getLevelsChanged()));
  }

  @Test
  void a_step_that_touches_very_many_is_told_as_one_unless_all_are_asked_for() throws Exception {
    int people = 5_000;
    Imports.people(one, "wide", people);
    try (Watching usual = watch(one, Watching.of("wide"));
        Watching exact = watch(one, Watching.of("wide").setExact(true));
        Watching named = watch(one, Watching.of("wide").addUserIds("p7"))) {
      usual.started();
      exact.started();
      named.started();
      Orgs.dashboard(one, "wide", "p0", "d", Level.LEVEL_VIEWER);
      WideChange wide = usual.changed().getWide();
      assertEquals(WideChange.Scope.SCOPE_DASHBOARD, wide.getScope());
      assertEquals("d", wide.getDashboardId());
      assertTrue(wide.getAtMost() >= people, wide::toString);
      assertEquals(List.of("p7 d NONE->VIEWER"), named.changesUntilNow());
      List<String> all = exact.changesUntilNow();
      assertEquals(people, all.stream().distinct().count());
      assertEquals(people, all.size());
      assertEquals(List.of(), usual.untilNow());
    }
  }

  @Test
  void who_was_cut_within_a_large_step_goes_on_there_on_another_node() throws Exception {
    int people = 3_500;
    Imports.people(one, "parts", people);
    ByteString start;
    try (Watching watching = watch(one, Watching.of("parts"))) {
      start = watching.started();
    }
    Orgs.dashboard(one, "parts", "p0", "d", Level.LEVEL_VIEWER);
    List<String> all = new ArrayList<>();
    ByteString cursor = start;
    boolean more = true;
    for (int i = 0; more; i++) {
      try (Watching part =
          watch(i % 2 == 0 ? other : one, Watching.from("parts", cursor).setExact(true))) {
        part.started();
        LevelsChanged changed = part.changed();
        all.addAll(texts(changed));
        cursor = changed.getCursor();
        more = changed.getMore();
      }
    }
    assertEquals(people, all.size());
    assertEquals(people, all.stream().distinct().count());
  }

  @Test
  void who_does_not_read_is_cut_off_with_a_way_back_and_slows_nobody() throws Exception {
    int people = 900;
    Imports.people(one, "slow", people);
    String dashboard = "d".repeat(100);
    Orgs.dashboard(one, "slow", "p0", dashboard, Level.LEVEL_VIEWER);
    ManagedChannel narrow =
        NettyChannelBuilder.forAddress("127.0.0.1", one.port())
            .usePlaintext()
            .flowControlWindow(65_535)
            .build();
    try (Watching slow = Watching.idle(narrow, Watching.of("slow").build());
        Watching fast = watch(one, Watching.of("slow"))) {
      slow.reads(1);
      slow.started();
      fast.started();
      // Each is some 100 KB: what nobody takes in is soon more than is kept for one watcher.
      int writes = 100;
      for (int i = 0; i < writes; i++) {
        one.dashboards.setDraft(Orgs.draft("slow", "p0", dashboard, i % 2 == 0));
      }
      List<String> told = fast.changesUntilNow();
      assertEquals(writes * (people - 1), told.size(), "who reads misses nothing");
      slow.reads(Integer.MAX_VALUE);
      StatusRuntimeException cutOff = slow.refused();
      assertEquals(Status.Code.ABORTED, cutOff.getStatus().getCode());
      assertEquals("WATCH_TOO_SLOW", Refusals.reason(cutOff));
      List<String> got = new ArrayList<>();
      WatchEvent event = slow.next();
      while (event.hasLevelsChanged()) {
        got.addAll(texts(event.getLevelsChanged()));
        event = slow.next();
      }
      assertTrue(event.hasCutOff(), event::toString);
      assertTrue(got.size() < told.size() / 2, "it was cut off long before the end");
      ByteString goOn = event.getCutOff().getOrganizations(0).getCursor();
      try (Watching back = watch(other, Watching.from("slow", goOn))) {
        back.started();
        got.addAll(back.changesUntilNow());
      }
      assertEquals(
          told.stream().sorted().toList(),
          got.stream().sorted().toList(),
          "nothing lost, nothing twice");
    } finally {
      narrow.shutdownNow();
    }
  }

  @Test
  void a_watch_ends_when_its_sender_closes_or_the_node_stops() throws Exception {
    organization("ends");
    try (Watching watching = watch(one, Watching.of("ends"))) {
      watching.started();
      watching.halfClose();
      watching.awaitCompleted();
    }
    Node third = service.node();
    try (Watching watching = watch(third, Watching.of("ends"))) {
      ByteString cursor = watching.started();
      give(one, "ends", "bo", Level.LEVEL_VIEWER);
      third.server().close();
      assertEquals("SERVER_STOPPING", Refusals.reason(watching.refused()));
      try (Watching back = watch(other, Watching.from("ends", cursor))) {
        back.started();
        assertEquals(List.of("bo d NONE->VIEWER"), back.changesUntilNow());
      }
    }
  }

  @Test
  void a_watch_that_makes_no_sense_is_refused_with_a_reason() throws Exception {
    organization("refused");
    ByteString position = give(one, "refused", "bo", Level.LEVEL_VIEWER).getPosition();
    assertRefused("MALFORMED_REQUEST", StartWatch.newBuilder());
    assertRefused("MALFORMED_ID", Watching.of("no id"));
    assertRefused("ORGANIZATION_NOT_FOUND", Watching.of("unknown"));
    assertRefused("ORGANIZATION_NOT_FOUND", StartWatch.newBuilder().setRealmId("unknown"));
    assertRefused("INVALID_POSITION", Watching.from("told-not", position));
    assertRefused(
        "INVALID_POSITION", Watching.from("refused", ByteString.copyFromUtf8("nonsense")));
    assertRefused(
        "INVALID_POSITION",
        Watching.from("refused", position.concat(ByteString.copyFromUtf8("nonsense"))));
    assertRefused("MALFORMED_ID", Watching.of("refused").addUserIds("no id"));
    assertRefused("MALFORMED_ID", Watching.of("refused").addDashboardIds("no id"));
    assertRefused("OUT_OF_RANGE", Watching.of("refused").setHeartbeatIntervalMicros(1));
    assertRefused(
        "NAMED_TWICE",
        Watching.of("refused")
            .addOrganizations(WatchedOrganization.newBuilder().setOrganizationId("refused")));
    try (Watching twice = watch(one, Watching.of("refused"))) {
      twice.started();
      twice.send(WatchRequest.newBuilder().setStart(Watching.of("refused")).build());
      assertEquals("MALFORMED_REQUEST", Refusals.reason(twice.refused()));
    }
    try (Watching nothing = watch(one, Watching.of("refused"))) {
      nothing.started();
      nothing.send(WatchRequest.getDefaultInstance());
      assertEquals("MALFORMED_REQUEST", Refusals.reason(nothing.refused()));
    }
  }

  private static void assertRefused(String reason, StartWatch.Builder start) throws Exception {
    try (Watching watching = watch(one, start)) {
      assertEquals(reason, Refusals.reason(watching.refused()));
    }
  }
}
