package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.DURATION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Changes of who has access to dashboards, and of who owns them. */
final class SharingChanges {
  private static final Parameters ENTRY_TO_SET =
      Parameters.of(required("level", LEVEL), optional("expires_in", DURATION))
          .orElse("user", "team");
  private static final Parameters ENTRY_TO_REMOVE = Parameters.NONE.orElse("user", "team");

  static final List<Operation> ALL =
      List.of(
          change(
              "update_access",
              Parameters.of(
                  required("dashboard", TEXT),
                  optional("default", LEVEL),
                  optional("set", new Kind.ListOf(ENTRY_TO_SET)),
                  optional("remove", new Kind.ListOf(ENTRY_TO_REMOVE))),
              SharingChanges::updateAccess),
          change(
              "share_dashboard",
              Parameters.of(
                  required("dashboard", TEXT), required("email", TEXT), required("level", LEVEL)),
              SharingChanges::share),
          change(
              "transfer_ownership",
              Parameters.of(required("dashboard", TEXT), required("to", TEXT)),
              SharingChanges::transfer));

  private SharingChanges() {}

  private static Value updateAccess(Call call, Arguments in) {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .addAllSet(in.each("set").stream().map(SharingChanges::entryToSet).toList())
            .addAllRemove(in.each("remove").stream().map(SharingChanges::entryToRemove).toList())
            .setIdempotencyKey(call.key());
    in.ifText("default", level -> request.setCompanyDefault(Words.level(level)));
    return call.wrote(call.dashboards().updateAccess(request.build()).getWritten());
  }

  private static EntryToSet entryToSet(Arguments in) {
    var entry = EntryToSet.newBuilder().setLevel(Words.level(in.text("level")));
    in.ifText("user", entry::setUserId);
    in.ifText("team", entry::setTeamId);
    if (in.has("expires_in")) {
      entry.setExpiresInMicros(
          in.duration("expires_in").dividedBy(ChronoUnit.MICROS.getDuration()));
    }
    return entry.build();
  }

  private static EntryToRemove entryToRemove(Arguments in) {
    var entry = EntryToRemove.newBuilder();
    in.ifText("user", entry::setUserId);
    in.ifText("team", entry::setTeamId);
    return entry.build();
  }

  private static Value share(Call call, Arguments in) {
    var request =
        ShareDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setEmail(in.text("email"))
            .setLevel(Words.level(in.text("level")))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.dashboards().shareDashboard(request).getWritten());
  }

  private static Value transfer(Call call, Arguments in) {
    var request =
        TransferOwnershipRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setNewOwnerId(in.text("to"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.dashboards().transferOwnership(request).getWritten());
  }
}
