package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.NEW_ID;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.FLAG;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.SetDraftRequest;
import java.util.List;

/** Changes of dashboards themselves. */
final class DashboardChanges {
  static final List<Operation> ALL =
      List.of(
          change(
              "create_dashboard",
              Parameters.of(
                  required("id", NEW_ID),
                  required("name", TEXT),
                  optional("default", LEVEL),
                  optional("draft", FLAG),
                  optional("workspace", TEXT)),
              DashboardChanges::create),
          change(
              "rename_dashboard",
              Parameters.of(required("dashboard", TEXT), required("name", TEXT)),
              DashboardChanges::rename),
          change(
              "delete_dashboard",
              Parameters.of(required("dashboard", TEXT)),
              DashboardChanges::delete),
          change(
              "set_draft",
              Parameters.of(required("dashboard", TEXT), required("draft", FLAG)),
              DashboardChanges::setDraft),
          change(
              "move_dashboard",
              Parameters.of(
                  required("dashboard", TEXT), required("workspace", new Kind.OrNull(TEXT))),
              DashboardChanges::move),
          change(
              "duplicate_dashboard",
              Parameters.of(
                  required("dashboard", TEXT), required("id", NEW_ID), optional("name", TEXT)),
              DashboardChanges::duplicate));

  private DashboardChanges() {}

  private static Value create(Call call, Arguments in) {
    var request =
        CreateDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("id"))
            .setName(in.text("name"))
            .setDraft(in.flag("draft"))
            .setIdempotencyKey(call.key());
    in.ifText("default", level -> request.setCompanyDefault(Words.level(level)));
    in.ifText("workspace", request::setWorkspaceId);
    return call.wrote(call.dashboards().createDashboard(request.build()).getWritten());
  }

  private static Value rename(Call call, Arguments in) {
    var request =
        RenameDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setName(in.text("name"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.dashboards().renameDashboard(request).getWritten());
  }

  private static Value delete(Call call, Arguments in) {
    var request =
        DeleteDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.dashboards().deleteDashboard(request).getWritten());
  }

  private static Value setDraft(Call call, Arguments in) {
    var request =
        SetDraftRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setDraft(in.flag("draft"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.dashboards().setDraft(request).getWritten());
  }

  private static Value move(Call call, Arguments in) {
    var request =
        MoveDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setIdempotencyKey(call.key());
    in.ifText("workspace", request::setWorkspaceId);
    return call.wrote(call.dashboards().moveDashboard(request.build()).getWritten());
  }

  private static Value duplicate(Call call, Arguments in) {
    var request =
        DuplicateDashboardRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setNewDashboardId(in.text("id"))
            .setIdempotencyKey(call.key());
    in.ifText("name", request::setName);
    return call.wrote(call.dashboards().duplicateDashboard(request.build()).getWritten());
  }
}
