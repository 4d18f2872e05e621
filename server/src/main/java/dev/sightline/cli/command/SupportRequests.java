package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.DismissSupportRequestRequest;
import dev.sightline.v1.DismissSupportRequestResponse;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.ListSupportRequestsResponse;
import dev.sightline.v1.PortalWritten;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RequestSupportAccessResponse;
import dev.sightline.v1.SupportRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What agents ask for. */
final class SupportRequests {
  private SupportRequests() {}

  /** A line for each portal. */
  private static void lines(Output output, List<PortalWritten> portals, String done, String not) {
    for (PortalWritten portal : portals) {
      output.line(
          portal.getOrganizationId() + ": " + (portal.getWritten().getChanged() ? done : not));
    }
  }

  @Command(name = "ask", description = "Ask to be let in to portals on behalf of an agent.")
  static final class Ask extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    private String agent = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PORTAL", description = "Portals.")
    private List<String> portals = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    Ask(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      RequestSupportAccessResponse response =
          server
              .support()
              .requestSupportAccess(
                  RequestSupportAccessRequest.newBuilder()
                      .setAgentId(agent)
                      .addAllOrganizationIds(portals)
                      .setReason(reason)
                      .setIdempotencyKey(ActingCommand.newKey())
                      .build());
      output.document(response);
      lines(output, response.getPortalsList(), "asked.", "asked before, and not answered yet.");
      return ExitCode.DONE;
    }
  }

  @Command(name = "requests", description = "List the pending requests of a realm.")
  static final class Pending extends LookingCommand {
    Pending(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = ListSupportRequestsRequest.newBuilder().setOrganizationId(organization());
      actor().ifPresent(request::setActor);
      ListSupportRequestsResponse response = server.support().listSupportRequests(request.build());
      output.document(response);
      var table = new Table("AGENT", "NAME", "GROUP", "PORTAL", "ASKED", "ENDS", "REASON");
      for (SupportRequest one : response.getRequestsList()) {
        table.row(
            one.getAgent().getId(),
            one.getAgent().getName(),
            one.getAgent().getRemoved() ? "removed" : one.getAgent().getGroup(),
            one.getOrganizationId(),
            Names.time(one.getMadeAtMicros()),
            Names.time(one.getEndsAtMicros()),
            Names.orDash(one.getReason()));
      }
      output.table(table, "Nobody has asked.");
      return ExitCode.DONE;
    }
  }

  @Command(name = "dismiss", description = "End an agent's requests without letting the agent in.")
  static final class Dismiss extends ActingCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    private String agent = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PORTAL", description = "Portals.")
    private List<String> portals = new ArrayList<>();

    Dismiss(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      DismissSupportRequestResponse response =
          server
              .support()
              .dismissSupportRequest(
                  DismissSupportRequestRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setAgentId(agent)
                      .addAllOrganizationIds(portals)
                      .setIdempotencyKey(newKey())
                      .build());
      output.document(response);
      lines(output, response.getPortalsList(), "dismissed.", "nothing was pending.");
      return ExitCode.DONE;
    }
  }
}
