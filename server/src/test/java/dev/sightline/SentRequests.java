package dev.sightline;

import com.google.protobuf.Message;
import dev.sightline.TestService.Node;
import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteTeamRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.DuplicateDashboardRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.MoveDashboardRequest;
import dev.sightline.v1.RemoveTeamMemberRequest;
import dev.sightline.v1.RenameDashboardRequest;
import dev.sightline.v1.RenameTeamRequest;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;

/** Sends what {@link RandomRequests} makes. */
final class SentRequests {
  private SentRequests() {}

  /** What was written, or the status and the reason why not. */
  static Object sent(Node node, Message request) {
    try {
      return written(node, request);
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() + " " + Refusals.reason(refused);
    }
  }

  private static Written written(Node node, Message request) {
    return switch (request) {
      case CreateDashboardRequest r -> node.dashboards.createDashboard(r).getWritten();
      case RenameDashboardRequest r -> node.dashboards.renameDashboard(r).getWritten();
      case DeleteDashboardRequest r -> node.dashboards.deleteDashboard(r).getWritten();
      case DuplicateDashboardRequest r -> node.dashboards.duplicateDashboard(r).getWritten();
      case SetDraftRequest r -> node.dashboards.setDraft(r).getWritten();
      case MoveDashboardRequest r -> node.dashboards.moveDashboard(r).getWritten();
      case TransferOwnershipRequest r -> node.dashboards.transferOwnership(r).getWritten();
      case UpdateAccessRequest r -> node.dashboards.updateAccess(r).getWritten();
      case ShareDashboardRequest r -> node.dashboards.shareDashboard(r).getWritten();
      case AddUserRequest r -> node.directory.addUser(r).getWritten();
      case UpdateUserRequest r -> node.directory.updateUser(r).getWritten();
      case ChangeRoleRequest r -> node.directory.changeRole(r).getWritten();
      case DisableUserRequest r -> node.directory.disableUser(r).getWritten();
      case EnableUserRequest r -> node.directory.enableUser(r).getWritten();
      case DeleteUserRequest r -> node.directory.deleteUser(r).getWritten();
      case CreateTeamRequest r -> node.directory.createTeam(r).getWritten();
      case RenameTeamRequest r -> node.directory.renameTeam(r).getWritten();
      case DeleteTeamRequest r -> node.directory.deleteTeam(r).getWritten();
      case AddTeamMemberRequest r -> node.directory.addTeamMember(r).getWritten();
      case RemoveTeamMemberRequest r -> node.directory.removeTeamMember(r).getWritten();
      case CreateWorkspaceRequest r -> node.directory.createWorkspace(r).getWritten();
      default -> throw new IllegalArgumentException(request.getClass().getName());
    };
  }
}
