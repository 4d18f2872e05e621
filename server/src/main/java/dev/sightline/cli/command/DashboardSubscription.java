package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.SubscribeRequest;
import dev.sightline.v1.SubscribeResponse;
import dev.sightline.v1.UnsubscribeRequest;
import dev.sightline.v1.UnsubscribeResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the acting user has in the digest. */
final class DashboardSubscription {
  private DashboardSubscription() {}

  @Command(name = "subscribe", description = "Put a dashboard into the acting user's digest.")
  static final class Subscribe extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Subscribe(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SubscribeResponse response =
          server
              .digests()
              .subscribe(
                  SubscribeRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output, response, response.getWritten(), "Dashboard " + dashboard + " is subscribed to.");
    }
  }

  @Command(name = "unsubscribe", description = "Take a dashboard out of the acting user's digest.")
  static final class Unsubscribe extends ActingCommand {
    @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
    private String dashboard = "";

    Unsubscribe(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      UnsubscribeResponse response =
          server
              .digests()
              .unsubscribe(
                  UnsubscribeRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setDashboardId(dashboard)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(
          output,
          response,
          response.getWritten(),
          "Dashboard " + dashboard + " is not subscribed to.");
    }
  }
}
