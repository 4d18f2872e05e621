package dev.sightline.cli.command;

import dev.sightline.v1.NewUser;
import dev.sightline.v1.Role;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Somebody new, as the command line names them. */
final class NewUserOptions {
  @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "EMAIL", description = "The e-mail address.")
  private String email = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The id; left out: the service makes one.")
  private String id = "";

  @Option(names = "--title", paramLabel = "TITLE", description = "The title.")
  private String title = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "analyst (default), manager or admin.")
  private Role role = Role.ROLE_ANALYST;

  NewUser newUser() {
    return NewUser.newBuilder()
        .setId(id)
        .setName(name)
        .setEmail(email)
        .setTitle(title)
        .setRole(role)
        .build();
  }
}
