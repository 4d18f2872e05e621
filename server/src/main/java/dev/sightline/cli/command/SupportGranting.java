package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.AllowSupportAccessResponse;
import dev.sightline.v1.AllowedPortal;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.GrantSupportAccessResponse;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.SupportGrant;
import dev.sightline.v1.SupportRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Letting support in. */
final class SupportGranting {
  private SupportGranting() {}

  private static String until(SupportGrant grant) {
    return grant.getEndsAtMicros() == 0
        ? "until revoked"
        : "until " + Names.time(grant.getEndsAtMicros());
  }

  @Command(
      name = "allow",
      description = "Let a group into portals as administrator, all or none.",
      footer = {"", "Example: sightline support allow acme acme-west -o acme --as ada"})
  static final class Allow extends ActingCommand {
    @Parameters(arity = "1..*", paramLabel = "PORTAL", description = "Portals.")
    private List<String> portals = new ArrayList<>();

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = "The group; Support if left out.")
    private String group = "";

    @Option(names = "--for", paramLabel = "TIME", description = "How long; 1d if left out.")
    private @Nullable Duration duration;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    Allow(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      AllowSupportAccessResponse response =
          server
              .support()
              .allowSupportAccess(
                  AllowSupportAccessRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .addAllOrganizationIds(portals)
                      .setGroup(group)
                      .setDurationMicros(duration == null ? 0 : Durations.micros(duration))
                      .setReason(reason)
                      .setIdempotencyKey(newKey())
                      .build());
      output.document(response);
      for (AllowedPortal portal : response.getPortalsList()) {
        output.line(
            "%s: %s is let in %s, grant %s."
                .formatted(
                    portal.getGrant().getOrganizationId(),
                    portal.getGrant().getGroup(),
                    until(portal.getGrant()),
                    portal.getGrant().getId()));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "grant",
      description = "Let a group or an agent into a portal.",
      footer = {
        "",
        "Example: sightline support grant -o acme --as ada --agent support:sam --role viewer"
            + " --workspace it:editor --workspace hr --for 3d"
      })
  static final class Grant extends ActingCommand {
    @Option(names = "--group", paramLabel = "GROUP", description = "For everybody in this group.")
    private String group = "";

    @Option(names = "--agent", paramLabel = "AGENT", description = "For this agent.")
    private String agent = "";

    @Option(
        names = "--role",
        required = true,
        split = ",",
        paramLabel = "ROLE",
        description = "viewer, editor or administrator; several: the best counts.")
    private List<SupportRole> roles = new ArrayList<>();

    @Option(
        names = "--workspace",
        paramLabel = "ID[:ROLE]",
        description = "Only there, with a role of its own or none; may be said again.")
    private List<String> workspaces = new ArrayList<>();

    @Option(names = "--for", paramLabel = "TIME", description = "How long; 7d if left out.")
    private @Nullable Duration duration;

    @Option(names = "--until-revoked", description = "Until somebody revokes it.")
    private boolean untilRevoked;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "The id; left out: the service makes one.")
    private String id = "";

    Grant(Terminal terminal) {
      super(terminal);
    }

    @Override
    void checkUsage() {
      super.checkUsage();
      if (group.isEmpty() == agent.isEmpty()) {
        throw CommandFailure.usage("Say for whom: --group GROUP or --agent AGENT.");
      }
      if (untilRevoked && duration != null) {
        throw CommandFailure.usage("--for and --until-revoked exclude each other.");
      }
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          GrantSupportAccessRequest.newBuilder()
              .setOrganizationId(organization())
              .setActor(actor())
              .setGrantId(id)
              .addAllRoles(roles)
              .setReason(reason)
              .setIdempotencyKey(newKey());
      workspaces.forEach(workspace -> request.addWorkspaces(workspace(workspace)));
      if (agent.isEmpty()) {
        request.setGroup(group);
      } else {
        request.setAgentId(agent);
      }
      if (duration != null) {
        request.setDurationMicros(Durations.micros(duration));
      }
      if (untilRevoked) {
        request.setUntilRevoked(true);
      }
      GrantSupportAccessResponse response = server.support().grantSupportAccess(request.build());
      return written(
          output,
          response,
          response.getWritten(),
          "%s is let in %s, grant %s."
              .formatted(
                  agent.isEmpty() ? group : agent,
                  until(response.getGrant()),
                  response.getGrant().getId()));
    }

    /** No workspace's id has a colon in it. */
    private static GrantedWorkspace workspace(String text) {
      int colon = text.indexOf(':');
      var workspace =
          GrantedWorkspace.newBuilder().setWorkspaceId(colon < 0 ? text : text.substring(0, colon));
      if (colon >= 0) {
        workspace.setRole(new NamedValues<>(SupportRole.class).convert(text.substring(colon + 1)));
      }
      return workspace.build();
    }
  }
}
