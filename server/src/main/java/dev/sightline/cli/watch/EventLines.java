package dev.sightline.cli.watch;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WideChange;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Events as lines: one for each change for people, one for each event for programs. */
public final class EventLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Output output;
  private final boolean namesOrganizations;

  /**
   * @param namesOrganizations whether lines for people say which organization it is
   */
  public EventLines(Output output, boolean namesOrganizations) {
    this.output = output;
    this.namesOrganizations = namesOrganizations;
  }

  /** Writes an event, whole. */
  void print(WatchEvent event) {
    output.item(event);
    switch (event.getEventCase()) {
      case LEVELS_CHANGED -> changed(event.getLevelsChanged());
      case RESYNC -> output.line(resync(event.getResync()));
      case STARTED, PROGRESS, HEARTBEAT, CUT_OFF, CONFIRM, EVENT_NOT_SET -> {}
    }
  }

  /** Whether nobody reads any more: the other end of the pipe was closed. */
  boolean unread() {
    return output.writer().checkError();
  }

  private void changed(LevelsChanged event) {
    String begin = begin(event);
    String end = event.getByTime() ? "  " + output.style().faint("by time") : "";
    event.getChangesList().forEach(change -> output.line(begin + change(change) + end));
    if (event.hasWide()) {
      output.line(begin + output.style().notable("! " + wide(event.getWide())) + end);
    }
  }

  private String begin(LevelsChanged event) {
    String time = TIME.format(Names.instant(event.getAtMicros())) + "  ";
    return namesOrganizations ? time + event.getOrganizationId() + "  " : time;
  }

  /** What goes down stands out: by its sign, and in red where there are colours. */
  private String change(LevelChange change) {
    String who = change.getUserId() + "  " + change.getDashboardId() + "  ";
    if (change.getAfter().compareTo(change.getBefore()) < 0) {
      return output
          .style()
          .bad("- " + who + Names.of(change.getBefore()) + " → " + Names.of(change.getAfter()));
    }
    return "+ "
        + who
        + Names.of(change.getBefore())
        + " → "
        + output.style().level(change.getAfter());
  }

  private static String wide(WideChange wide) {
    String atMost = "up to " + Names.count(wide.getAtMost()) + " levels ";
    String which =
        switch (wide.getScope()) {
          case SCOPE_USER -> "of " + wide.getUserId() + " ";
          case SCOPE_DASHBOARD -> "on " + wide.getDashboardId() + " ";
          case SCOPE_ORGANIZATION, SCOPE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    return atMost + which + "may have changed: ask for those that you hold (--exact tells each)";
  }

  private String resync(Resync resync) {
    String why =
        switch (resync.getReason()) {
          case REASON_CURSOR_TOO_OLD -> "the cursor is too old";
          case REASON_LOG_CHANGED -> "the log is another one than it was";
          case REASON_UNSPECIFIED, UNRECOGNIZED -> "the server does not say why";
        };
    String next =
        resync.getCursor().isEmpty()
            ? "The organization is gone."
            : "Ask anew for every level that you hold; changes from here on follow.";
    return output
        .style()
        .notable(
            "! %s: some changes were not told, %s. %s"
                .formatted(resync.getOrganizationId(), why, next));
  }
}
