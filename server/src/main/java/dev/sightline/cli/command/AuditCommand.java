package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AuditHead;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.ErasePersonalDataResponse;
import dev.sightline.v1.GetAuditHeadRequest;
import dev.sightline.v1.ListAuditHeadsRequest;
import dev.sightline.v1.ListAuditHeadsResponse;
import dev.sightline.v1.VerifyAuditRequest;
import dev.sightline.v1.VerifyAuditResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who did what, and whether the log of it is whole. */
@Command(
    name = "audit",
    description = "Search, take out and check the log of who changed what, when.")
final class AuditCommand {
  private AuditCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditSearch(terminal))
        .addSubcommand(new AuditExport(terminal))
        .addSubcommand(new AuditVerify(terminal))
        .addSubcommand(new Check(terminal))
        .addSubcommand(new Heads(terminal))
        .addSubcommand(new Erase(terminal));
  }

  @Command(
      name = "check",
      description = {
        "Have the server check the log as it is stored: every hash of it, that what is personal and"
            + " gone was erased, and what it is searched by.",
        "Exit code 0: it is whole, 1: it is not. 'audit verify' checks an export without a server."
      })
  static final class Check extends LookingCommand {
    Check(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = VerifyAuditRequest.newBuilder().setOrganizationId(organization());
      actor().ifPresent(request::setActor);
      VerifyAuditResponse last = VerifyAuditResponse.getDefaultInstance();
      var progress = progress();
      Iterator<VerifyAuditResponse> told = server.audit().verifyAudit(request.build());
      while (told.hasNext()) {
        last = told.next();
        progress.at("records", last.getRecords());
      }
      progress.clear();
      output.document(last);
      return switch (last.getFoundCase()) {
        case INTACT -> {
          output.line(
              "The log of %s is whole: %s records, revision %d, hash %s."
                  .formatted(
                      organization(),
                      Names.count(last.getRecords()),
                      last.getIntact().getRevision(),
                      hex(last.getIntact())));
          sayErased(last, output);
          yield ExitCode.DONE;
        }
        case BROKEN -> {
          output.line(
              "The log of %s is broken at revision %d, number %d: %s."
                  .formatted(
                      organization(),
                      last.getBroken().getRevision(),
                      last.getBroken().getNumber(),
                      last.getBroken().getHow()));
          yield ExitCode.NO;
        }
        case FOUND_NOT_SET ->
            throw CommandFailure.unexpected("The server did not say what it found.");
      };
    }

    private static void sayErased(VerifyAuditResponse last, Output output) {
      if (last.getErasedValues() > 0) {
        output.line(
            "%s personal values are gone that records say were erased."
                .formatted(Names.count(last.getErasedValues())));
      }
      if (last.getValuesErasedUnrecorded() > 0) {
        output.line(
            "Of these, %s were missing already when erasing began to be recorded: erased before, or tampered with."
                .formatted(Names.count(last.getValuesErasedUnrecorded())));
      }
    }
  }

  @Command(
      name = "heads",
      description = {
        "Where logs stand. Whoever keeps it elsewhere can tell later whether a log was rewritten.",
        "The lines of --json are what 'audit verify --heads' takes."
      },
      footer = {"", "Example: sightline audit heads --all --json >> /elsewhere/heads"})
  static final class Heads extends RemoteCommand {
    @Option(
        names = {"-o", "--organization"},
        paramLabel = "ID",
        description = "The organization. Env: SIGHTLINE_ORGANIZATION.")
    private String organization = "";

    @Option(
        names = "--as",
        paramLabel = "USER",
        description = "An admin of it; left out by operators. Env: SIGHTLINE_ACTOR.")
    private String actor = "";

    @Option(names = "--all", description = "Of all organizations; for operators.")
    private boolean all;

    Heads(Terminal terminal) {
      super(terminal);
    }

    @Override
    void checkUsage() {
      if (!all && organization.isEmpty()) {
        throw CommandFailure.usage("Say of which: --organization ID, or --all.");
      }
    }

    @Override
    ExitCode run(Server server, Output output) {
      var table = new Table("ORGANIZATION", ">REVISION", "HASH", "AT");
      if (all) {
        Pages.each(
            token -> server.audit().listAuditHeads(request(token)),
            ListAuditHeadsResponse::getNextPageToken,
            page -> page.getHeadsList().forEach(head -> show(head, output, table)));
      } else {
        var request = GetAuditHeadRequest.newBuilder().setOrganizationId(organization);
        if (!actor.isEmpty()) {
          request.setActor(Actor.newBuilder().setUserId(actor));
        }
        show(server.audit().getAuditHead(request.build()).getHead(), output, table);
      }
      output.table(table, "There are no organizations.");
      return ExitCode.DONE;
    }

    private static ListAuditHeadsRequest request(String token) {
      return ListAuditHeadsRequest.newBuilder().setPageSize(1_000).setPageToken(token).build();
    }

    private static void show(AuditHead head, Output output, Table table) {
      if (output.isJson()) {
        output.raw(NotedHeadLine.of(head));
      }
      table.row(
          head.getOrganizationId(),
          Long.toString(head.getRevision()),
          hex(head),
          Names.time(head.getAtMicros()));
    }
  }

  @Command(
      name = "erase",
      description = {
        "Erase for good what is kept of a deleted user's name, e-mail address, title and reasons, or"
            + " of a removed support agent's reasons.",
        "The log stays whole: it holds only commitments to them, and a record that says that they"
            + " were erased."
      },
      footer = {"", "Example: sightline audit erase bob -o acme --as ada"})
  static final class Erase extends LookingCommand {
    @Parameters(
        index = "0",
        paramLabel = "USER",
        description = "The user, who is deleted, or support:AGENT, who is removed.")
    private String user = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    Erase(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) throws IOException {
      confirm(yes, "Erase what is kept of user " + user + " for good? It cannot be undone.");
      var request =
          ErasePersonalDataRequest.newBuilder().setOrganizationId(organization()).setUserId(user);
      actor().ifPresent(request::setActor);
      ErasePersonalDataResponse response = server.audit().erasePersonalData(request.build());
      output.document(response);
      output.line(
          "Erased %s values about user %s."
              .formatted(Names.count(response.getErasedValues()), user));
      return ExitCode.DONE;
    }
  }

  private static String hex(AuditHead head) {
    return HexFormat.of().formatHex(head.getHash().toByteArray());
  }
}
