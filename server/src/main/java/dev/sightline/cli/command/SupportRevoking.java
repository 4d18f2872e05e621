package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.RevokePortalAccessRequest;
import dev.sightline.v1.RevokePortalAccessResponse;
import dev.sightline.v1.RevokeSupportAccessRequest;
import dev.sightline.v1.RevokeSupportAccessResponse;
import dev.sightline.v1.RevokedPortal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ending what support was let into. */
final class SupportRevoking {
  private SupportRevoking() {}

  @Command(name = "revoke", description = "End a grant at once.")
  static final class Revoke extends ActingCommand {
    @Parameters(index = "0", paramLabel = "GRANT", description = "The grant.")
    private String grant = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Revoke(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "End grant " + grant + " at once?");
      RevokeSupportAccessResponse response =
          server
              .support()
              .revokeSupportAccess(
                  RevokeSupportAccessRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setGrantId(grant)
                      .setIdempotencyKey(newKey())
                      .build());
      return written(output, response, response.getWritten(), "Grant " + grant + " is revoked.");
    }
  }

  @Command(name = "revoke-all", description = "End everything that is granted on portals at once.")
  static final class RevokeAll extends ActingCommand {
    @Parameters(arity = "1..*", paramLabel = "PORTAL", description = "Portals.")
    private List<String> portals = new ArrayList<>();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    RevokeAll(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "End all access of support to " + String.join(", ", portals) + " at once?");
      RevokePortalAccessResponse response =
          server
              .support()
              .revokePortalAccess(
                  RevokePortalAccessRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .addAllOrganizationIds(portals)
                      .setIdempotencyKey(newKey())
                      .build());
      output.document(response);
      for (RevokedPortal portal : response.getPortalsList()) {
        output.line(
            portal.getGrantIdsCount() == 0
                ? portal.getOrganizationId() + ": nothing was granted."
                : "%s: revoked %s."
                    .formatted(
                        portal.getOrganizationId(), String.join(", ", portal.getGrantIdsList())));
      }
      return ExitCode.DONE;
    }
  }
}
