package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.AddUserResponse;
import dev.sightline.v1.GetUserRequest;
import dev.sightline.v1.GetUserResponse;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListUsersResponse;
import dev.sightline.v1.UpdateUserRequest;
import dev.sightline.v1.UpdateUserResponse;
import dev.sightline.v1.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What admins do with people. */
@Command(name = "user", description = "Add, invite, look up, change and delete users.")
final class UserCommand {
  private UserCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new UserCommand())
        .addSubcommand(new Add(terminal))
        .addSubcommand(new UserInvitation.Invite(terminal))
        .addSubcommand(new UserInvitation.Resend(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new ListUsers(terminal))
        .addSubcommand(new Update(terminal))
        .addSubcommand(new UserStanding.ChangeRole(terminal))
        .addSubcommand(new UserStanding.Disable(terminal))
        .addSubcommand(new UserStanding.Enable(terminal))
        .addSubcommand(new UserStanding.Delete(terminal))
        .addSubcommand(new ActiveResponse.Grant(terminal))
        .addSubcommand(new ActiveResponse.Withdraw(terminal))
        .addSubcommand(new ActiveResponse.Enroll(terminal))
        .addSubcommand(new ActiveResponse.Remove(terminal));
  }

  @Command(
      name = "add",
      description = "Add somebody as ACTIVE.",
      footer = {"", "Example: sightline user add 'Ada Lovelace' ada@acme.test --id ada --as root"})
  static final class Add extends ActingCommand {
    @Mixin private NewUserOptions newUser = new NewUserOptions();

    Add(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      AddUserResponse response =
          server
              .directory()
              .addUser(
                  AddUserRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUser(newUser.newUser())
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "User " + response.getUser().getId() + " is there.");
    }
  }

  @Command(name = "show", description = "Show a user.")
  static final class Show extends LookingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = GetUserRequest.newBuilder().setOrganizationId(organization()).setUserId(user);
      actor().ifPresent(request::setActor);
      GetUserResponse response = server.directory().getUser(request.build());
      output.document(response);
      UserTable.print(output, List.of(response.getUser()));
      return ExitCode.DONE;
    }
  }

  @Command(name = "list", description = "List the users.")
  static final class ListUsers extends LookingCommand {
    @Option(names = "--deleted", description = "List the deleted ones, too.")
    private boolean deleted;

    ListUsers(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var users = new ArrayList<User>();
      Pages.each(
          token -> server.directory().listUsers(request(token)),
          ListUsersResponse::getNextPageToken,
          page -> users.addAll(page.getUsersList()));
      users.forEach(output::item);
      UserTable.print(output, users);
      return ExitCode.DONE;
    }

    private ListUsersRequest request(String token) {
      var request =
          ListUsersRequest.newBuilder()
              .setOrganizationId(organization())
              .setIncludeDeleted(deleted)
              .setPageSize(1_000)
              .setPageToken(token);
      actor().ifPresent(request::setActor);
      return request.build();
    }
  }

  @Command(name = "update", description = "Change name, e-mail address or title.")
  static final class Update extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
    private @Nullable String name;

    @Option(names = "--email", paramLabel = "EMAIL", description = "The new e-mail address.")
    private @Nullable String email;

    @Option(names = "--title", paramLabel = "TITLE", description = "The new title.")
    private @Nullable String title;

    Update(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          UpdateUserRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setUserId(user)
              .setIdempotencyKey(newKey());
      Optional.ofNullable(name).ifPresent(request::setName);
      Optional.ofNullable(email).ifPresent(request::setEmail);
      Optional.ofNullable(title).ifPresent(request::setTitle);
      UpdateUserResponse response = server.directory().updateUser(request.build());
      return written(output, response, response.getWritten(), "User " + user + " is updated.");
    }
  }
}
