package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.EnrollSecondFactorRequest;
import dev.sightline.v1.EnrollSecondFactorResponse;
import dev.sightline.v1.RemoveSecondFactorRequest;
import dev.sightline.v1.RemoveSecondFactorResponse;
import dev.sightline.v1.SetActiveResponseRequest;
import dev.sightline.v1.SetActiveResponseResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who is granted Active Response, and who has the second factor that using it takes. */
final class ActiveResponse {
  private ActiveResponse() {}

  @Command(
      name = "grant-active-response",
      description = "Grant Active Response; using it takes a second factor.")
  static final class Grant extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Grant(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SetActiveResponseResponse response =
          server.directory().setActiveResponse(setting(this, user, true));
      String rest = response.getUser().getSecondFactor() ? "." : ", but has no second factor yet.";
      return written(
          output, response, response.getWritten(), "User " + user + " has Active Response" + rest);
    }
  }

  @Command(name = "withdraw-active-response", description = "Take Active Response away.")
  static final class Withdraw extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Withdraw(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SetActiveResponseResponse response =
          server.directory().setActiveResponse(setting(this, user, false));
      return written(
          output, response, response.getWritten(), "User " + user + " has no Active Response.");
    }
  }

  private static SetActiveResponseRequest setting(
      ActingCommand command, String user, boolean granted) {
    return SetActiveResponseRequest.newBuilder()
        .setOrganizationId(command.organization())
        .setActor(command.actor())
        .setUserId(user)
        .setGranted(granted)
        .setIdempotencyKey(ActingCommand.newKey())
        .build();
  }

  @Command(
      name = "enroll-second-factor",
      description = "Note that the acting user has enrolled a second factor.")
  static final class Enroll extends ActingCommand {
    Enroll(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      EnrollSecondFactorResponse response =
          server
              .directory()
              .enrollSecondFactor(
                  EnrollSecondFactorRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "User " + response.getUser().getId() + " has a second factor.");
    }
  }

  @Command(
      name = "remove-second-factor",
      description = "Note that a user has no second factor any more.")
  static final class Remove extends ActingCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user.")
    private String user = "";

    Remove(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      RemoveSecondFactorResponse response =
          server
              .directory()
              .removeSecondFactor(
                  RemoveSecondFactorRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setUserId(user)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "User " + user + " has no second factor.");
    }
  }
}
