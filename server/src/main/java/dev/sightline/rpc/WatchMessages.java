package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.Confirm;
import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.WatchProgress;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchStarted;
import dev.sightline.v1.WatchedOrganization;
import dev.sightline.v1.WideChange;
import dev.sightline.watch.Cursor;
import dev.sightline.watch.Encoder;
import dev.sightline.watch.WatchEvent;

/**
 * Events as they go over the wire. Both forms of a watch have the same bytes: their responses hold
 * the event in the same field.
 */
public final class WatchMessages implements Encoder {
  @Override
  public byte[] encode(WatchEvent event) {
    return WatchResponse.newBuilder().setEvent(message(event)).build().toByteArray();
  }

  private static dev.sightline.v1.WatchEvent message(WatchEvent event) {
    var message = dev.sightline.v1.WatchEvent.newBuilder();
    switch (event) {
      case WatchEvent.Started(OrganizationId organization, Cursor cursor) ->
          message.setStarted(
              WatchStarted.newBuilder()
                  .setOrganizationId(organization.value())
                  .setCursor(CursorToken.of(organization, cursor)));
      case WatchEvent.Levels levels -> message.setLevelsChanged(levels(levels));
      case WatchEvent.Wide wide ->
          message.setLevelsChanged(step(wide.step(), wide.step().position()).setWide(wide(wide)));
      case WatchEvent.Progress(OrganizationId organization, Cursor cursor) ->
          message.setProgress(
              WatchProgress.newBuilder()
                  .setOrganizationId(organization.value())
                  .setCursor(CursorToken.of(organization, cursor)));
      case WatchEvent.Resync(OrganizationId organization, Cursor cursor, var why) ->
          message.setResync(
              Resync.newBuilder()
                  .setOrganizationId(organization.value())
                  .setCursor(CursorToken.of(organization, cursor))
                  .setReason(reason(why)));
      case WatchEvent.Heartbeat(long pingId, long proofAgeMicros, long maxStalenessMicros) ->
          message.setHeartbeat(
              Heartbeat.newBuilder()
                  .setPingId(pingId)
                  .setProofAgeMicros(proofAgeMicros)
                  .setMaxStalenessMicros(maxStalenessMicros));
      case WatchEvent.Confirm(long id) -> message.setConfirm(Confirm.newBuilder().setId(id));
      case WatchEvent.CutOff cutOff -> message.setCutOff(cutOff(cutOff));
    }
    return message.build();
  }

  private static LevelsChanged.Builder step(WatchEvent.StepFacts step, Cursor cursor) {
    OrganizationId organization = step.organization();
    ByteString position = CursorToken.of(organization, step.position());
    return LevelsChanged.newBuilder()
        .setOrganizationId(organization.value())
        .setPosition(position)
        .setCursor(cursor.within() == null ? position : CursorToken.of(organization, cursor))
        .setRevision(step.position().revision())
        .setAtMicros(step.position().throughMicros())
        .setByTime(step.byTime());
  }

  private static LevelsChanged levels(WatchEvent.Levels levels) {
    LevelsChanged.Builder message = step(levels.step(), levels.cursor()).setMore(levels.more());
    for (var change : levels.changes()) {
      message.addChanges(
          LevelChange.newBuilder()
              .setUserId(change.user().value())
              .setDashboardId(change.dashboard().value())
              .setBefore(Enums.toProto(change.before()))
              .setAfter(Enums.toProto(change.after())));
    }
    return message.build();
  }

  private static WideChange wide(WatchEvent.Wide wide) {
    WideChange.Builder message = WideChange.newBuilder().setAtMost(wide.atMost());
    switch (wide.scope()) {
      case WatchEvent.Scope.OfUser(var user) ->
          message.setScope(WideChange.Scope.SCOPE_USER).setUserId(user.value());
      case WatchEvent.Scope.OnDashboard(var dashboard) ->
          message.setScope(WideChange.Scope.SCOPE_DASHBOARD).setDashboardId(dashboard.value());
      case WatchEvent.Scope.OfOrganization() ->
          message.setScope(WideChange.Scope.SCOPE_ORGANIZATION);
    }
    return message.build();
  }

  private static Resync.Reason reason(WatchEvent.Resync.Why why) {
    return switch (why) {
      case CURSOR_TOO_OLD -> Resync.Reason.REASON_CURSOR_TOO_OLD;
      case LOG_CHANGED -> Resync.Reason.REASON_LOG_CHANGED;
    };
  }

  private static CutOff cutOff(WatchEvent.CutOff cutOff) {
    CutOff.Builder message = CutOff.newBuilder();
    cutOff
        .cursors()
        .forEach((organization, cursor) ->
            message.addOrganizations(
                WatchedOrganization.newBuilder()
                    .setOrganizationId(organization.value())
                    .setCursor(CursorToken.of(organization, cursor))));
    return message.build();
  }
}
