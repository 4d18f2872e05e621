package dev.sightline.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Style;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.Level;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WideChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private static final long AT_MICROS = 1_740_992_400_123_456L;
  private static final String TIME = "2025-03-03T09:00:00.123Z  ";

  @Test
  void each_change_is_a_line_with_its_sign() {
    assertEquals(
        List.of(
            TIME + "- ada  sales  editor → viewer  by time",
            TIME + "+ bo  sales  none → owner  by time"),
        lines(
            false,
            event()
                .setByTime(true)
                .addChanges(change("ada", Level.LEVEL_EDITOR, Level.LEVEL_VIEWER))
                .addChanges(change("bo", Level.LEVEL_NONE, Level.LEVEL_OWNER))));
  }

  @Test
  void of_several_organizations_it_is_said_which_one() {
    assertEquals(
        List.of(TIME + "acme  - ada  sales  editor → viewer"),
        lines(true, event().addChanges(change("ada", Level.LEVEL_EDITOR, Level.LEVEL_VIEWER))));
  }

  @Test
  void wide_changes_are_told_in_words() {
    assertEquals(
        List.of(
            TIME
                + "! up to 12,345 levels on sales may have changed:"
                + " ask for those that you hold (--exact tells each)"),
        lines(
            false,
            event()
                .setWide(
                    WideChange.newBuilder()
                        .setScope(WideChange.Scope.SCOPE_DASHBOARD)
                        .setDashboardId("sales")
                        .setAtMost(12_345))));
  }

  @Test
  void a_resync_is_told_in_words() {
    Resync.Builder resync =
        Resync.newBuilder()
            .setOrganizationId("acme")
            .setReason(Resync.Reason.REASON_CURSOR_TOO_OLD);

    assertEquals(
        List.of(
            "! acme: some changes were not told, the cursor is too old."
                + " Ask anew for every level that you hold; changes from here on follow."),
        lines(
            false,
            WatchEvent.newBuilder()
                .setResync(resync.setCursor(ByteString.copyFromUtf8("here")))
                .build()));
  }

  @Test
  void a_heartbeat_is_no_line() {
    assertEquals(
        List.of(),
        lines(false, WatchEvent.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build()));
  }

  @Test
  void what_goes_down_is_red_where_there_are_colours() {
    var out = new StringWriter();
    var lines = new EventLines(new Output(new PrintWriter(out), false, Style.of(true)), false);

    lines.print(
        WatchEvent.newBuilder()
            .setLevelsChanged(
                event().addChanges(change("ada", Level.LEVEL_EDITOR, Level.LEVEL_NONE)))
            .build());

    assertEquals(
        TIME + "\u001b[31m- ada  sales  editor → none\u001b[0m", out.toString().stripTrailing());
  }

  private static LevelsChanged.Builder event() {
    return LevelsChanged.newBuilder().setOrganizationId("acme").setAtMicros(AT_MICROS);
  }

  private static LevelChange change(String user, Level before, Level after) {
    return LevelChange.newBuilder()
        .setUserId(user)
        .setDashboardId("sales")
        .setBefore(before)
        .setAfter(after)
        .build();
  }

  private static List<String> lines(boolean namesOrganizations, LevelsChanged.Builder event) {
    return lines(namesOrganizations, WatchEvent.newBuilder().setLevelsChanged(event).build());
  }

  private static List<String> lines(boolean namesOrganizations, WatchEvent event) {
    var out = new StringWriter();
    new EventLines(new Output(new PrintWriter(out), false, Style.of(false)), namesOrganizations)
        .print(event);
    return out.toString().lines().toList();
  }
}
