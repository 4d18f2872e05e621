package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.LevelsChanged;

/** Turns what a watch is told into events. */
final class WatchTranslation {
  private WatchTranslation() {}

  static WatchEvent levelsChanged(LevelsChanged it) {
    return it.hasWide() ? wideChange(it) : changes(it);
  }

  private static WatchEvent.LevelsChanged changes(LevelsChanged it) {
    return new WatchEvent.LevelsChanged(
        new Cursor(it.getOrganizationId(), it.getCursor()),
        Position.of(it.getPosition()),
        it.getRevision(),
        Translation.instant(it.getAtMicros()),
        it.getByTime(),
        it.getChangesList().stream().map(WatchTranslation::change).toList(),
        it.getMore());
  }

  private static LevelChange change(dev.sightline.v1.LevelChange it) {
    return new LevelChange(
        it.getUserId(),
        it.getDashboardId(),
        Translation.level(it.getBeforeValue()),
        Translation.level(it.getAfterValue()));
  }

  private static WatchEvent.WideChange wideChange(LevelsChanged it) {
    return new WatchEvent.WideChange(
        new Cursor(it.getOrganizationId(), it.getCursor()),
        Position.of(it.getPosition()),
        it.getRevision(),
        Translation.instant(it.getAtMicros()),
        it.getByTime(),
        scope(it.getWide()),
        it.getWide().getAtMost(),
        it.getMore());
  }

  /** A scope that this SDK does not know may be anything in the organization. */
  static WatchEvent.WideChange.Scope scope(dev.sightline.v1.WideChange it) {
    return switch (it.getScope()) {
      case SCOPE_USER -> new WatchEvent.WideChange.Scope.OfUser(it.getUserId());
      case SCOPE_DASHBOARD -> new WatchEvent.WideChange.Scope.OnDashboard(it.getDashboardId());
      case SCOPE_ORGANIZATION, SCOPE_UNSPECIFIED, UNRECOGNIZED ->
          new WatchEvent.WideChange.Scope.OfOrganization();
    };
  }

  static WatchEvent.Resync resync(dev.sightline.v1.Resync it) {
    ByteString cursor = it.getCursor();
    return new WatchEvent.Resync(
        new Cursor(it.getOrganizationId(), cursor), Position.of(cursor), cause(it));
  }

  private static WatchEvent.Resync.Cause cause(dev.sightline.v1.Resync it) {
    return switch (it.getReason()) {
      case REASON_CURSOR_TOO_OLD -> WatchEvent.Resync.Cause.CURSOR_TOO_OLD;
      case REASON_LOG_CHANGED -> WatchEvent.Resync.Cause.LOG_CHANGED;
      case REASON_UNSPECIFIED, UNRECOGNIZED -> WatchEvent.Resync.Cause.OTHER;
    };
  }
}
