package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.InviteUserResponse;
import dev.sightline.v1.ResendInvitationRequest;
import dev.sightline.v1.ResendInvitationResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How somebody new is let in by mail. */
final class UserInvitation {
  private UserInvitation() {}

  @Command(
      name = "invite",
      description = "Write somebody a mail with a link to accept within 7 days.",
      footer = {"", "Example: sightline user invite 'Gil Tor' gil@acme.test --id gil --as ada"})
  static final class Invite extends ActingCommand {
    @Mixin private NewUserOptions newUser = new NewUserOptions();

    Invite(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      InviteUserResponse response =
          server
              .directory()
              .inviteUser(
                  InviteUserRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUser(newUser.newUser())
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "User %s is invited; the link can be used until %s."
              .formatted(response.getUser().getId(), Names.time(response.getLinkEndsAtMicros())));
    }
  }

  @Command(
      name = "resend",
      description = "Write somebody INVITED another mail with a new link; the old one is dead.")
  static final class Resend extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Resend(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      ResendInvitationResponse response =
          server
              .directory()
              .resendInvitation(
                  ResendInvitationRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "User %s is invited anew; the link can be used until %s."
              .formatted(user, Names.time(response.getLinkEndsAtMicros())));
    }
  }
}
