package dev.sightline.cli.command;

import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Action;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailState;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.SupportRole;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;

/** Every command that talks to a server. */
public final class Commands {
  private Commands() {}

  /** Adds them, in the order of the help. */
  public static void addTo(CommandLine root, Terminal terminal) {
    root.addSubcommand(new ImportCommand(terminal))
        .addSubcommand(new ExportCommand(terminal))
        .addSubcommand(new CheckCommand(terminal))
        .addSubcommand(new CanCommand(terminal))
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new WhoCommand(terminal))
        .addSubcommand(new DigestCommand(terminal))
        .addSubcommand(new ExplainCommand(terminal))
        .addSubcommand(new WatchCommand(terminal))
        .addSubcommand(OrganizationsCommand.commands(terminal))
        .addSubcommand(UserCommand.commands(terminal))
        .addSubcommand(TeamCommand.commands(terminal))
        .addSubcommand(WorkspaceCommand.commands(terminal))
        .addSubcommand(DashboardCommand.commands(terminal))
        .addSubcommand(AccessCommand.commands(terminal))
        .addSubcommand(SupportCommand.commands(terminal))
        .addSubcommand(TokenCommand.commands(terminal))
        .addSubcommand(MailCommand.commands(terminal))
        .addSubcommand(AuditCommand.commands(terminal));
  }

  /** Says how the words of the command line are read; after every command was added. */
  public static void registerConverters(CommandLine root) {
    root.registerConverter(Level.class, new NamedValues<>(Level.class))
        .registerConverter(Role.class, new NamedValues<>(Role.class))
        .registerConverter(Action.class, new NamedValues<>(Action.class))
        .registerConverter(Scope.class, new NamedValues<>(Scope.class))
        .registerConverter(MailKind.class, new NamedValues<>(MailKind.class))
        .registerConverter(MailState.class, new NamedValues<>(MailState.class))
        .registerConverter(ListPurpose.class, new NamedValues<>(ListPurpose.class))
        .registerConverter(SupportRole.class, new NamedValues<>(SupportRole.class))
        .registerConverter(SubjectArgument.class, SubjectArgument.converter())
        .registerConverter(Duration.class, new Durations())
        .registerConverter(Instant.class, new Instants());
  }
}
