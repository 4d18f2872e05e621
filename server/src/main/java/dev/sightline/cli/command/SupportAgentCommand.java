package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ListAgentsRequest;
import dev.sightline.v1.ListAgentsResponse;
import dev.sightline.v1.MoveAgentRequest;
import dev.sightline.v1.MoveAgentResponse;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RegisterAgentResponse;
import dev.sightline.v1.RemoveAgentRequest;
import dev.sightline.v1.RemoveAgentResponse;
import dev.sightline.v1.SupportAgent;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the vendor's operators do with agents. */
@Command(name = "agent", description = "Register, move, remove and list support agents.")
final class SupportAgentCommand {
  private SupportAgentCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new SupportAgentCommand())
        .addSubcommand(new Register(terminal))
        .addSubcommand(new Move(terminal))
        .addSubcommand(new Remove(terminal))
        .addSubcommand(new ListAgents(terminal));
  }

  @Command(
      name = "register",
      description = "Make an agent known.",
      footer = {
        "",
        "Example: sightline support agent register support:sam 'Sam Vane' sam@vendor.test Support"
      })
  static final class Register extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The id: support: and more.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The name.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "EMAIL", description = "The e-mail address.")
    private String email = "";

    @Parameters(index = "3", paramLabel = "GROUP", description = "The vendor's group.")
    private String group = "";

    Register(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      RegisterAgentResponse response =
          server
              .support()
              .registerAgent(
                  RegisterAgentRequest.newBuilder()
                      .setAgent(
                          SupportAgent.newBuilder()
                              .setId(agent)
                              .setName(name)
                              .setEmail(email)
                              .setGroup(group))
                      .setIdempotencyKey(ActingCommand.newKey())
                      .build());
      output.document(response);
      output.line("Agent " + agent + " is there, and every organization concerned knows.");
      return ExitCode.DONE;
    }
  }

  @Command(name = "move", description = "Move an agent to another group.")
  static final class Move extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "GROUP", description = "The new group.")
    private String group = "";

    Move(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      MoveAgentResponse response =
          server
              .support()
              .moveAgent(
                  MoveAgentRequest.newBuilder()
                      .setAgentId(agent)
                      .setGroup(group)
                      .setIdempotencyKey(ActingCommand.newKey())
                      .build());
      output.document(response);
      output.line(
          "Agent "
              + agent
              + " is in "
              + group
              + (response.getChanged() ? "." : ". It was so already: nothing changed."));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      description = "Remove an agent for good; grants to that very agent are revoked.")
  static final class Remove extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    private String agent = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Remove(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "Remove agent " + agent + " for good?");
      RemoveAgentResponse response =
          server
              .support()
              .removeAgent(
                  RemoveAgentRequest.newBuilder()
                      .setAgentId(agent)
                      .setIdempotencyKey(ActingCommand.newKey())
                      .build());
      output.document(response);
      output.line("Agent " + agent + " is removed, and every organization concerned knows.");
      return ExitCode.DONE;
    }
  }

  @Command(name = "list", description = "List agents.")
  static final class ListAgents extends RemoteCommand {
    @Option(names = "--group", paramLabel = "GROUP", description = "Of this group only.")
    private String group = "";

    @Option(names = "--removed", description = "Removed ones, too.")
    private boolean removed;

    ListAgents(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("AGENT", "NAME", "E-MAIL", "GROUP", "");
      Pages.each(
          token -> server.support().listAgents(request(token)),
          ListAgentsResponse::getNextPageToken,
          page ->
              page.getAgentsList()
                  .forEach(agent -> {
                    output.item(agent);
                    table.row(
                        agent.getId(),
                        agent.getName(),
                        agent.getEmail(),
                        agent.getGroup(),
                        agent.getRemoved() ? "removed" : "");
                  }));
      output.table(table, "There are no agents.");
      return ExitCode.DONE;
    }

    private ListAgentsRequest request(String token) {
      return ListAgentsRequest.newBuilder()
          .setGroup(group)
          .setIncludeRemoved(removed)
          .setPageSize(1_000)
          .setPageToken(token)
          .build();
    }
  }
}
