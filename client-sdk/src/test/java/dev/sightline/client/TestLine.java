package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.Confirm;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Resync;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchProgress;
import dev.sightline.v1.WatchStarted;
import dev.sightline.v1.WideChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A stream of a watch whose other end is the test's. */
final class TestLine implements NearLine {
  static final long MAX_STALENESS_MICROS = 1_000_000;

  final StartWatch start;
  final List<Long> pings = new ArrayList<>();
  final List<Long> confirmed = new ArrayList<>();
  boolean begun;
  boolean cancelled;
  private final NearWatch watch;

  TestLine(NearWatch watch, StartWatch start) {
    this.watch = watch;
    this.start = start;
  }

  @Override
  public void begin() {
    begun = true;
  }

  @Override
  public void ping(long id) {
    if (!begun) {
      throw new AssertionError("a ping before the start");
    }
    pings.add(id);
  }

  @Override
  public void confirmed(long id) {
    confirmed.add(id);
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  String organization() {
    return start.getOrganizations(0).getOrganizationId();
  }

  private void tell(UnaryOperator<WatchEvent.Builder> event) {
    watch.told(this, event.apply(WatchEvent.newBuilder()).build());
  }

  void started(long revision) {
    started(TestService.token(revision));
  }

  void started(ByteString cursor) {
    tell(it ->
        it.setStarted(
            WatchStarted.newBuilder().setOrganizationId(organization()).setCursor(cursor)));
  }

  private static LevelsChanged.Builder step(long revision) {
    return LevelsChanged.newBuilder()
        .setOrganizationId("acme")
        .setPosition(TestService.token(revision))
        .setCursor(TestService.token(revision))
        .setRevision(revision);
  }

  private static LevelChange change(String user, String dashboard) {
    return LevelChange.newBuilder()
        .setUserId(user)
        .setDashboardId(dashboard)
        .setBefore(dev.sightline.v1.Level.LEVEL_EDITOR)
        .setAfter(dev.sightline.v1.Level.LEVEL_NONE)
        .build();
  }

  void changed(long revision, String user, String dashboard) {
    tell(it -> it.setLevelsChanged(pair(revision, user, dashboard)));
  }

  static LevelsChanged pair(long revision, String user, String dashboard) {
    return step(revision).addChanges(change(user, dashboard)).build();
  }

  static LevelsChanged wideDashboard(long revision, String dashboard) {
    return step(revision)
        .setWide(
            WideChange.newBuilder()
                .setScope(WideChange.Scope.SCOPE_DASHBOARD)
                .setDashboardId(dashboard))
        .build();
  }

  /** A part of a step, others of which are to come; its cursor says so. */
  void changedInPart(long revision, String user, String dashboard) {
    var within = TestService.token(revision).concat(ByteString.copyFrom(new byte[] {1}));
    tell(it ->
        it.setLevelsChanged(
            step(revision).setCursor(within).addChanges(change(user, dashboard)).setMore(true)));
  }

  void userChanged(long revision, String user) {
    wide(revision, WideChange.newBuilder().setScope(WideChange.Scope.SCOPE_USER).setUserId(user));
  }

  void dashboardChanged(long revision, String dashboard) {
    wide(
        revision,
        WideChange.newBuilder()
            .setScope(WideChange.Scope.SCOPE_DASHBOARD)
            .setDashboardId(dashboard));
  }

  void allChanged(long revision) {
    wide(revision, WideChange.newBuilder().setScope(WideChange.Scope.SCOPE_ORGANIZATION));
  }

  /** In a scope that nobody knows. */
  void wide(long revision, int scope) {
    wide(revision, WideChange.newBuilder().setScopeValue(scope));
  }

  private void wide(long revision, WideChange.Builder wide) {
    tell(it -> it.setLevelsChanged(step(revision).setWide(wide.setAtMost(5_000))));
  }

  void progress(long revision) {
    tell(it ->
        it.setProgress(
            WatchProgress.newBuilder()
                .setOrganizationId(organization())
                .setCursor(TestService.token(revision))));
  }

  void resync(long revision, Resync.Reason reason) {
    tell(it ->
        it.setResync(
            Resync.newBuilder()
                .setOrganizationId(organization())
                .setCursor(TestService.token(revision))
                .setReason(reason)));
  }

  /** Answers the last ping: what was committed until so long before it was answered is told. */
  void pong(long proofAgeMicros) {
    pong(pings.getLast(), proofAgeMicros, MAX_STALENESS_MICROS);
  }

  void pong(long id, long proofAgeMicros, long maxStalenessMicros) {
    tell(it ->
        it.setHeartbeat(
            Heartbeat.newBuilder()
                .setPingId(id)
                .setProofAgeMicros(proofAgeMicros)
                .setMaxStalenessMicros(maxStalenessMicros)));
  }

  void confirm(long id) {
    tell(it -> it.setConfirm(Confirm.newBuilder().setId(id)));
  }

  void end(Code code) {
    watch.ended(this, SightlineException.of(code, "The test ended it."));
  }
}
