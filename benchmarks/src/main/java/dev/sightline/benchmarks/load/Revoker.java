package dev.sightline.benchmarks.load;

import dev.sightline.v1.Actor;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives one user a dashboard of the portal and takes it away, again and again. */
final class Revoker {
  private static final Kind<UpdateAccessRequest, UpdateAccessResponse> UPDATE =
      new Kind<>(DashboardServiceGrpc.getUpdateAccessMethod(), List.of(), 0, _ -> true);

  private static final UpdateAccessRequest GRANT = update(Level.LEVEL_EDITOR);
  private static final UpdateAccessRequest REVOKE = update(Level.LEVEL_NONE);

  private final Caller caller;

  Revoker(Caller caller) {
    this.caller = caller;
  }

  /** Waits for the answer. */
  void grant() {
    caller.answeredAt(UPDATE, GRANT).join();
  }

  /** When the answer came, as {@link System#nanoTime} says. */
  CompletableFuture<Long> revoke() {
    return caller.answeredAt(UPDATE, REVOKE);
  }

  static boolean isRevocation(UpdateAccessRequest request) {
    return request.equals(REVOKE);
  }

  private static UpdateAccessRequest update(Level level) {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId(Portal.ID)
        .setActor(Actor.newBuilder().setUserId(Portal.user(0)))
        .setDashboardId(Portal.dashboard(1))
        .addSet(EntryToSet.newBuilder().setUserId(Portal.user(Portal.USERS / 2)).setLevel(level))
        .build();
  }
}
