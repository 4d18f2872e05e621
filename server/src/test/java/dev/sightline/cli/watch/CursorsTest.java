package dev.sightline.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchProgress;
import dev.sightline.v1.WatchStarted;
import dev.sightline.v1.WatchedOrganization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private final Cursors cursors = new Cursors(StartWatch.newBuilder().setEverything(true).build());

  @Test
  void the_last_cursor_of_each_organization_is_where_to_go_on() {
    cursors.told(started("acme", "a1"));
    cursors.told(started("west", "w1"));
    cursors.told(
        WatchEvent.newBuilder()
            .setLevelsChanged(
                LevelsChanged.newBuilder()
                    .setOrganizationId("acme")
                    .setPosition(bytes("no"))
                    .setCursor(bytes("a2")))
            .build());
    cursors.told(
        WatchEvent.newBuilder()
            .setProgress(
                WatchProgress.newBuilder().setOrganizationId("west").setCursor(bytes("w2")))
            .build());

    assertEquals(List.of(at("acme", "a2"), at("west", "w2")), goingOn());
  }

  @Test
  void who_was_cut_off_goes_on_where_events_were_dropped() {
    cursors.told(started("acme", "a1"));
    cursors.told(started("west", "w1"));
    cursors.told(
        WatchEvent.newBuilder()
            .setCutOff(CutOff.newBuilder().addOrganizations(at("west", "w0")))
            .build());

    assertEquals(List.of(at("acme", "a1"), at("west", "w0")), goingOn());
  }

  @Test
  void an_organization_that_is_gone_is_not_asked_for_again() {
    cursors.told(started("acme", "a1"));
    cursors.told(
        WatchEvent.newBuilder().setResync(Resync.newBuilder().setOrganizationId("acme")).build());

    assertEquals(List.of(), goingOn());
  }

  @Test
  void what_is_not_known_was_created_since_once_all_that_there_was_has_begun() {
    cursors.told(started("acme", "a1"));
    assertFalse(cursors.goingOn().getUnnamedFromCreation());

    cursors.told(WatchEvent.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build());
    assertTrue(cursors.goingOn().getUnnamedFromCreation());
  }

  @Test
  void a_cursor_is_read_as_it_is_written_and_as_json_has_it() {
    var cursor = ByteString.copyFrom(new byte[] {-1, -17, 0, 7});
    cursors.told(
        WatchEvent.newBuilder()
            .setStarted(WatchStarted.newBuilder().setOrganizationId("acme").setCursor(cursor))
            .build());

    assertEquals(Map.of("acme", "_-8ABw"), cursors.written());
    assertEquals(Optional.of(cursor), Cursors.read("_-8ABw"));
    assertEquals(Optional.of(cursor), Cursors.read("/+8ABw=="));
    assertEquals(Optional.empty(), Cursors.read("nothing!"));
    assertEquals(Optional.empty(), Cursors.read(""));
  }

  private List<WatchedOrganization> goingOn() {
    return cursors.goingOn().getOrganizationsList();
  }

  private static WatchEvent started(String organization, String cursor) {
    return WatchEvent.newBuilder()
        .setStarted(
            WatchStarted.newBuilder().setOrganizationId(organization).setCursor(bytes(cursor)))
        .build();
  }

  private static WatchedOrganization at(String organization, String cursor) {
    return WatchedOrganization.newBuilder()
        .setOrganizationId(organization)
        .setCursor(bytes(cursor))
        .build();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
