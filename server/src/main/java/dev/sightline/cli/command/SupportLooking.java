package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AgentWithAccess;
import dev.sightline.v1.DiagnoseSupportAccessRequest;
import dev.sightline.v1.DiagnoseSupportAccessResponse;
import dev.sightline.v1.GetSupportActivityLogRequest;
import dev.sightline.v1.GetSupportActivityLogResponse;
import dev.sightline.v1.GetSupportHistoryRequest;
import dev.sightline.v1.GetSupportHistoryResponse;
import dev.sightline.v1.GrantDecider;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.ListPortalsRequest;
import dev.sightline.v1.ListPortalsResponse;
import dev.sightline.v1.Portal;
import dev.sightline.v1.SupportGrant;
import dev.sightline.v1.SupportRole;
import dev.sightline.v1.WhoHasSupportAccessRequest;
import dev.sightline.v1.WhoHasSupportAccessResponse;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looking at what support was let into, and at what it did. */
final class SupportLooking {
  private static final int PAGE = 1_000;

  private SupportLooking() {}

  @Command(name = "portals", description = "List a realm's portals and whether support has access.")
  static final class Portals extends LookingCommand {
    Portals(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("PORTAL", "NAME", "UNDER", "ACCESS", ">GRANTS", ">REQUESTS");
      Pages.each(
          token -> server.support().listPortals(request(token)),
          ListPortalsResponse::getNextPageToken,
          page ->
              page.getPortalsList()
                  .forEach(portal -> {
                    output.item(portal);
                    table.row(
                        portal.getOrganizationId(),
                        portal.getName(),
                        Names.orDash(portal.getParentId()),
                        access(portal),
                        Names.count(portal.getActiveGrants()),
                        Names.count(portal.getPendingRequests()));
                  }));
      output.table(table, "There are no portals.");
      return ExitCode.DONE;
    }

    private ListPortalsRequest request(String token) {
      var request =
          ListPortalsRequest.newBuilder()
              .setOrganizationId(organization())
              .setPageSize(PAGE)
              .setPageToken(token);
      actor().ifPresent(request::setActor);
      return request.build();
    }

    private static String access(Portal portal) {
      if (!portal.getAccessAvailable()) {
        return "none";
      }
      return portal.getAvailableUntilMicros() == 0
          ? "until revoked"
          : "until " + Names.time(portal.getAvailableUntilMicros());
    }
  }

  @Command(name = "history", description = "List everything that was ever granted on a portal.")
  static final class History extends LookingCommand {
    History(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table =
          new Table(
              "GRANT", "STATUS", "FOR", "ROLES", "STARTED", "ENDS", "GRANTED", "REVOKED", "WHY");
      Pages.each(
          token -> server.support().getSupportHistory(request(token)),
          GetSupportHistoryResponse::getNextPageToken,
          page ->
              page.getGrantsList()
                  .forEach(grant -> {
                    output.item(grant);
                    row(table, grant);
                  }));
      output.table(table, "Nothing was ever granted.");
      return ExitCode.DONE;
    }

    private GetSupportHistoryRequest request(String token) {
      var request =
          GetSupportHistoryRequest.newBuilder()
              .setOrganizationId(organization())
              .setPageSize(PAGE)
              .setPageToken(token);
      actor().ifPresent(request::setActor);
      return request.build();
    }

    private static void row(Table table, SupportGrant grant) {
      table.row(
          grant.getId(),
          Names.of(grant.getStatus()),
          grant.getAgentId().isEmpty() ? grant.getGroup() : grant.getAgentId(),
          roles(grant),
          Names.time(grant.getStartsAtMicros()),
          Names.time(grant.getEndsAtMicros()),
          who(grant.getGrantedBy()),
          grant.getRevokedAtMicros() == 0
              ? "-"
              : Names.time(grant.getRevokedAtMicros()) + " by " + who(grant.getRevokedBy()),
          Names.orDash(grant.getReason()));
    }

    private static String roles(SupportGrant grant) {
      String roles = grant.getRolesList().stream().map(Names::of).collect(Collectors.joining(","));
      String where =
          grant.getWorkspacesList().stream()
              .map(History::workspace)
              .collect(Collectors.joining(","));
      return where.isEmpty() ? roles : roles + " in " + where;
    }

    /** As the command takes it. */
    private static String workspace(GrantedWorkspace workspace) {
      return workspace.getRole() == SupportRole.SUPPORT_ROLE_UNSPECIFIED
          ? workspace.getWorkspaceId()
          : workspace.getWorkspaceId() + ":" + Names.of(workspace.getRole());
    }

    private static String who(GrantDecider decider) {
      return decider.getUserId().isEmpty() ? "the vendor" : decider.getUserId();
    }
  }

  @Command(name = "who", description = "List the agents who have access to a portal now.")
  static final class Who extends LookingCommand {
    Who(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = WhoHasSupportAccessRequest.newBuilder().setOrganizationId(organization());
      actor().ifPresent(request::setActor);
      WhoHasSupportAccessResponse response = server.support().whoHasSupportAccess(request.build());
      output.document(response);
      var table = new Table("AGENT", "NAME", "E-MAIL", "GROUP", "LAST ACTIVE", "GRANTS");
      for (AgentWithAccess one : response.getAgentsList()) {
        table.row(
            one.getAgent().getId(),
            one.getAgent().getName(),
            one.getAgent().getEmail(),
            one.getAgent().getGroup(),
            Names.time(one.getLastActiveMicros()),
            String.join(", ", one.getGrantIdsList()));
      }
      output.table(table, "No agent has access.");
      return ExitCode.DONE;
    }
  }

  @Command(name = "log", description = "List what agents did on a portal, newest first.")
  static final class Log extends LookingCommand {
    @Option(names = "--agent", paramLabel = "AGENT", description = "What this agent did only.")
    private String agent = "";

    Log(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("AT", "AGENT", "NAME", "WHAT", "DASHBOARD");
      Pages.each(
          token -> server.support().getSupportActivityLog(request(token)),
          GetSupportActivityLogResponse::getNextPageToken,
          page ->
              page.getActivitiesList()
                  .forEach(one -> {
                    output.item(one);
                    table.row(
                        Names.time(one.getAtMicros()),
                        one.getAgentId(),
                        one.getAgentName(),
                        one.getWhat(),
                        Names.orDash(one.getDashboardId()));
                  }));
      output.table(table, "Agents did nothing here.");
      return ExitCode.DONE;
    }

    private GetSupportActivityLogRequest request(String token) {
      var request =
          GetSupportActivityLogRequest.newBuilder()
              .setOrganizationId(organization())
              .setAgentId(agent)
              .setPageSize(PAGE)
              .setPageToken(token);
      actor().ifPresent(request::setActor);
      return request.build();
    }
  }

  @Command(name = "diagnose", description = "Say why an agent can, or cannot, get in.")
  static final class Diagnose extends LookingCommand {
    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    private String agent = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "DASHBOARD",
        description = "The dashboard; left out: the portal as such.")
    private String dashboard = "";

    Diagnose(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          DiagnoseSupportAccessRequest.newBuilder()
              .setOrganizationId(organization())
              .setAgentId(agent)
              .setDashboardId(dashboard);
      actor().ifPresent(request::setActor);
      DiagnoseSupportAccessResponse response =
          server.support().diagnoseSupportAccess(request.build());
      output.document(response);
      output.line(
          dashboard.isEmpty()
              ? agent + (response.getLetIn() ? " is let in." : " is not let in.")
              : "%s has %s on %s.".formatted(agent, Names.of(response.getLevel()), dashboard));
      response.getFindingsList().forEach(finding -> output.line("- " + finding.getSentence()));
      return ExitCode.DONE;
    }
  }
}
