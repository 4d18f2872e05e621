package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.NEW_ID;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Operation.operatorsChange;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.SupportAgent;
import java.util.List;

/** Changes of organizations, their workspaces, and the agents who belong to none. */
final class OrganizationChanges {
  private static final Parameters ADMIN =
      Parameters.of(required("id", NEW_ID), required("name", TEXT), required("email", TEXT));

  static final List<Operation> ALL =
      List.of(
          operatorsChange(
              "create_organization",
              Parameters.of(
                  required("id", NEW_ID),
                  required("name", TEXT),
                  optional("parent", TEXT),
                  required("admin", ADMIN)),
              OrganizationChanges::createOrganization),
          change(
              "create_workspace",
              Parameters.of(required("id", NEW_ID), required("name", TEXT)),
              OrganizationChanges::createWorkspace),
          operatorsChange(
              "register_support_agent",
              Parameters.of(
                  required("id", NEW_ID),
                  required("name", TEXT),
                  required("email", TEXT),
                  required("group", TEXT)),
              OrganizationChanges::registerAgent));

  private OrganizationChanges() {}

  private static Value createOrganization(Call call, Arguments in) {
    var request =
        CreateOrganizationRequest.newBuilder()
            .setOrganizationId(in.text("id"))
            .setName(in.text("name"))
            .setAdmin(PeopleChanges.newUser(in.within("admin")))
            .setIdempotencyKey(call.key());
    in.ifText("parent", request::setParentId);
    return call.wroteIn(
        in.text("id"), call.directory().createOrganization(request.build()).getWritten());
  }

  private static Value createWorkspace(Call call, Arguments in) {
    var request =
        CreateWorkspaceRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setWorkspaceId(in.text("id"))
            .setName(in.text("name"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().createWorkspace(request).getWritten());
  }

  private static Value registerAgent(Call call, Arguments in) {
    var agent =
        SupportAgent.newBuilder()
            .setId(in.text("id"))
            .setName(in.text("name"))
            .setEmail(in.text("email"))
            .setGroup(in.text("group"));
    var request =
        RegisterAgentRequest.newBuilder().setAgent(agent).setIdempotencyKey(call.key()).build();
    var answer = call.support().registerAgent(request);
    return Value.of(answer.getAgent().getId());
  }
}
