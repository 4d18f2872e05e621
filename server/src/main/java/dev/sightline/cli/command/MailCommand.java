package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListMailResponse;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailState;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.ReadMailResponse;
import dev.sightline.v1.RetryMailRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What operators do with mail. */
@Command(
    name = "mail",
    description = "List mails, read those in the local outbox, try dead ones again.")
final class MailCommand {
  private MailCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new MailCommand())
        .addSubcommand(new ListMails(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new Retry(terminal));
  }

  @Command(
      name = "list",
      description = "List mails, oldest first.",
      footer = {"", "Example: sightline mail list --state dead"})
  static final class ListMails extends RemoteCommand {
    @Option(
        names = {"-o", "--organization"},
        paramLabel = "ID",
        description = "Of this organization only.")
    private String organization = "";

    @Option(names = "--to", paramLabel = "ID", description = "To this user or support agent only.")
    private String recipient = "";

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description =
            "Of this kind only: shared, access-requested, approved, declined, invitation or"
                + " support-access-granted.")
    private @Nullable MailKind kind;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "In this state only: waiting, sent or dead.")
    private @Nullable MailState state;

    ListMails(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          ListMailRequest.newBuilder().setOrganizationId(organization).setRecipientId(recipient);
      if (kind != null) {
        request.setKind(kind);
      }
      if (state != null) {
        request.setState(state);
      }
      var service = MailServiceGrpc.newBlockingStub(server.channel());
      var table = new Table("MAIL", "WRITTEN", "STATE", "KIND", "TO", "ABOUT", "FAILURE");
      Pages.each(
          token -> service.listMail(request.setPageToken(token).build()),
          ListMailResponse::getNextPageToken,
          page -> page.getMailsList().forEach(mail -> add(table, output, mail)));
      output.table(table, "There are no mails.");
      return ExitCode.DONE;
    }

    private static void add(Table table, Output output, Mail mail) {
      output.item(mail);
      table.row(
          Long.toString(mail.getId()),
          Names.time(mail.getWrittenAtMicros()),
          Names.of(mail.getState()),
          Names.of(mail.getKind()),
          mail.getAddress(),
          mail.getOrganizationId()
              + (mail.getDashboardId().isEmpty() ? "" : "/" + mail.getDashboardId()),
          Names.orDash(mail.getLastFailure()));
    }
  }

  @Command(
      name = "show",
      description = "Read a mail in the local outbox, links and all.",
      footer = {"", "Example: sightline mail show 12"})
  static final class Show extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "MAIL", description = "The mail's number.")
    private long mail;

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      ReadMailResponse letter =
          MailServiceGrpc.newBlockingStub(server.channel())
              .readMail(ReadMailRequest.newBuilder().setMailId(mail).build());
      output.document(letter);
      output.line(letter.getSubject());
      output.line("");
      output.line(letter.getText().stripTrailing());
      return ExitCode.DONE;
    }
  }

  @Command(name = "retry", description = "Try a dead mail again.")
  static final class Retry extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "MAIL", description = "The mail's number.")
    private long mail;

    Retry(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var response =
          MailServiceGrpc.newBlockingStub(server.channel())
              .retryMail(RetryMailRequest.newBuilder().setMailId(mail).build());
      output.document(response);
      output.line("Mail " + mail + " is tried again.");
      return ExitCode.DONE;
    }
  }
}
