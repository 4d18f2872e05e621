package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.ChangeRoleResponse;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DeleteUserResponse;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.DisableUserResponse;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EnableUserResponse;
import dev.sightline.v1.Role;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What becomes of a user: another role, out, in again, gone. */
final class UserStanding {
  private UserStanding() {}

  @Command(name = "role", description = "Give a user another role.")
  static final class ChangeRole extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "analyst, manager or admin.")
    private Role role = Role.ROLE_ANALYST;

    ChangeRole(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      ChangeRoleResponse response =
          server
              .directory()
              .changeRole(
                  ChangeRoleRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setRole(role)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "User " + user + " is " + Names.of(role) + ".");
    }
  }

  @Command(name = "disable", description = "Shut somebody out who keeps what is theirs.")
  static final class Disable extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Disable(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      DisableUserResponse response =
          server
              .directory()
              .disableUser(
                  DisableUserRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(output, response, response.getWritten(), "User " + user + " is disabled.");
    }
  }

  @Command(name = "enable", description = "Let somebody in again.")
  static final class Enable extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Enable(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      EnableUserResponse response =
          server
              .directory()
              .enableUser(
                  EnableUserRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(output, response, response.getWritten(), "User " + user + " is enabled.");
    }
  }

  @Command(
      name = "delete",
      description = "Delete somebody for good; the oldest admin inherits what they owned.")
  static final class Delete extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Delete(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "Delete user " + user + " for good? It cannot be undone.");
      DeleteUserResponse response =
          server
              .directory()
              .deleteUser(
                  DeleteUserRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "User "
              + user
              + " is deleted"
              + (response.getHeirId().isEmpty()
                  ? "."
                  : "; "
                      + response.getHeirId()
                      + " inherited "
                      + Names.count(response.getInheritedDashboards())
                      + " dashboards."));
    }
  }
}
