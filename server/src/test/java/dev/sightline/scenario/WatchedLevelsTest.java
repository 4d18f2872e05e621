package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchProgress;
import dev.sightline.v1.WatchStarted;
import dev.sightline.v1.WideChange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedLevelsTest {
  private final WatchedLevels levels = new WatchedLevels();

  @Test
  void changes_that_fit_together_are_nothing_odd() {
    started();

    assertEquals(List.of("ada D1 NONE->VIEWER"), told(step(1, 10).addChanges(up())));
    assertEquals(List.of("ada D1 VIEWER->NONE"), told(end(1, 20).addChanges(down())));
    assertEquals(List.of("ada D1 NONE->VIEWER"), told(step(2, 20).addChanges(up())));
  }

  @Test
  void heartbeats_and_progress_are_no_changes() {
    assertEquals(
        List.of(),
        levels.told(
            WatchEvent.newBuilder().setHeartbeat(Heartbeat.newBuilder().setPingId(1)).build()));
    assertEquals(
        List.of(),
        levels.told(
            WatchEvent.newBuilder()
                .setProgress(WatchProgress.newBuilder().setOrganizationId("acme"))
                .build()));
  }

  @Test
  void a_level_that_was_another_before_is_odd() {
    started();

    assertEquals(
        List.of("ada D1 VIEWER->NONE", "acme: ada D1 VIEWER->NONE, but it was NONE"),
        told(step(1, 10).addChanges(down())));
  }

  @Test
  void a_change_to_the_same_is_odd() {
    started();

    assertEquals(
        List.of("ada D1 NONE->NONE", "acme: ada D1 NONE->NONE changes nothing"),
        told(step(1, 10).addChanges(change(Level.LEVEL_NONE, Level.LEVEL_NONE))));
  }

  @Test
  void a_pair_that_is_told_twice_in_a_step_is_odd() {
    started();
    told(step(1, 10).addChanges(up()).setMore(true));

    assertEquals(
        List.of("ada D1 VIEWER->NONE", "acme: ada D1 VIEWER->NONE is the pair's second in a step"),
        told(step(1, 10).addChanges(down())));
  }

  @Test
  void steps_out_of_order_are_odd() {
    started();
    told(end(2, 20).addChanges(up()));

    assertEquals(
        List.of(
            "acme: revision 2 at 20 by time told after revision 2 at 20 by time",
            "ada D1 VIEWER->NONE"),
        told(end(2, 20).addChanges(down())));
    assertEquals(
        List.of(
            "acme: revision 1 at 30 told after revision 2 at 20 by time", "ada D1 NONE->VIEWER"),
        told(step(1, 30).addChanges(up())));
  }

  @Test
  void a_step_that_is_told_in_part_is_odd() {
    started();
    told(step(1, 10).addChanges(up()).setMore(true));

    assertEquals(
        List.of(
            "acme: revision 2 at 20 told after revision 1 at 10 in part", "ada D1 VIEWER->NONE"),
        told(step(2, 20).addChanges(down())));
  }

  @Test
  void what_an_exact_watch_that_keeps_up_is_never_told_is_odd() {
    assertEquals(
        List.of("acme: changes told before the watch began", "ada D1 NONE->VIEWER"),
        told(step(1, 10).addChanges(up())));
    started();
    assertEquals(
        List.of("acme: up to 7 levels told as one (SCOPE_ORGANIZATION)"),
        told(
            step(2, 20)
                .setWide(
                    WideChange.newBuilder()
                        .setScope(WideChange.Scope.SCOPE_ORGANIZATION)
                        .setAtMost(7))));
    assertEquals(
        List.of("acme: told to begin anew (REASON_LOG_CHANGED)"),
        lines(
            WatchEvent.newBuilder()
                .setResync(
                    Resync.newBuilder()
                        .setOrganizationId("acme")
                        .setReason(Resync.Reason.REASON_LOG_CHANGED))
                .build()));
    assertEquals(
        List.of("everything: cut off as too slow"),
        lines(WatchEvent.newBuilder().setCutOff(CutOff.getDefaultInstance()).build()));
  }

  private void started() {
    lines(
        WatchEvent.newBuilder()
            .setStarted(WatchStarted.newBuilder().setOrganizationId("acme"))
            .build());
  }

  private static LevelsChanged.Builder step(long revision, long atMicros) {
    return LevelsChanged.newBuilder()
        .setOrganizationId("acme")
        .setPosition(ByteString.copyFromUtf8(revision + "/" + atMicros))
        .setRevision(revision)
        .setAtMicros(atMicros);
  }

  private static LevelsChanged.Builder end(long revision, long atMicros) {
    return step(revision, atMicros).setByTime(true);
  }

  private static LevelChange up() {
    return change(Level.LEVEL_NONE, Level.LEVEL_VIEWER);
  }

  private static LevelChange down() {
    return change(Level.LEVEL_VIEWER, Level.LEVEL_NONE);
  }

  private static LevelChange change(Level before, Level after) {
    return LevelChange.newBuilder()
        .setUserId("ada")
        .setDashboardId("D1")
        .setBefore(before)
        .setAfter(after)
        .build();
  }

  private List<String> told(LevelsChanged.Builder event) {
    return lines(WatchEvent.newBuilder().setLevelsChanged(event).build());
  }

  private List<String> lines(WatchEvent event) {
    return levels.told(event).stream().map(told -> told.line("acme")).toList();
  }
}
