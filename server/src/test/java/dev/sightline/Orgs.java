package dev.sightline;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.NewUser;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.Written;

/** The usual requests, in a line each. */
final class Orgs {
  static final Consistency FULLY_CONSISTENT =
      Consistency.newBuilder().setFullyConsistent(true).build();

  private Orgs() {}

  static Consistency atLeast(ByteString position) {
    return Consistency.newBuilder().setAtLeast(position).build();
  }

  static Actor actor(String user) {
    return Actor.newBuilder().setUserId(user).build();
  }

  /** Makes an organization whose first admin is {@code admin}. */
  static Written create(Node node, String organization, String admin) {
    return node.directory
        .createOrganization(
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId(organization)
                .setName("Organization " + organization)
                .setAdmin(newUser(admin, Role.ROLE_ADMIN))
                .build())
        .getWritten();
  }

  static NewUser newUser(String user, Role role) {
    return NewUser.newBuilder()
        .setId(user)
        .setName("Name of " + user)
        .setEmail(user + "@example.org")
        .setRole(role)
        .build();
  }

  static Written add(Node node, String organization, String admin, String user, Role role) {
    return node.directory
        .addUser(
            AddUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(actor(admin))
                .setUser(newUser(user, role))
                .build())
        .getWritten();
  }

  static Written dashboard(
      Node node, String organization, String owner, String dashboard, Level companyDefault) {
    return node.dashboards
        .createDashboard(
            CreateDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(actor(owner))
                .setDashboardId(dashboard)
                .setName("Dashboard " + dashboard)
                .setCompanyDefault(companyDefault)
                .build())
        .getWritten();
  }

  static SetDraftRequest draft(String organization, String actor, String dashboard, boolean draft) {
    return SetDraftRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(actor(actor))
        .setDashboardId(dashboard)
        .setDraft(draft)
        .build();
  }

  static UpdateAccessRequest give(
      String organization, String actor, String dashboard, String user, Level level) {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId(organization)
        .setActor(actor(actor))
        .setDashboardId(dashboard)
        .addSet(EntryToSet.newBuilder().setUserId(user).setLevel(level))
        .build();
  }

  static CanViewRequest canView(
      String organization, String user, String dashboard, Consistency consistency) {
    return CanViewRequest.newBuilder()
        .setOrganizationId(organization)
        .setUserId(user)
        .setDashboardId(dashboard)
        .setConsistency(consistency)
        .build();
  }

  static CanViewResponse view(
      Node node, String organization, String user, String dashboard, Consistency consistency) {
    return node.access.canView(canView(organization, user, dashboard, consistency));
  }
}
