package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.cli.transfer.ExportFile;
import dev.sightline.cli.transfer.Exporter;
import dev.sightline.cli.transfer.OrganizationData;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes an organization out into a file. */
@Command(
    name = "export",
    description = {
      "Take an organization out, as of one moment, into a file that 'import' takes.",
      "The file appears whole or not at all; what is there is replaced."
    },
    footer = {"", "Example: sightline export acme acme.json"})
final class ExportCommand extends RemoteCommand {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "The organization.")
  private String organization = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; left out, or -: the standard output.")
  private String file = STANDARD_OUTPUT;

  ExportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) throws IOException {
    OrganizationData exported = new Exporter(server.channel(), progress()).export(organization);
    if (file.equals(STANDARD_OUTPUT)) {
      ExportFile.write(exported, output.writer());
      output.writer().flush();
      return ExitCode.DONE;
    }
    save(exported, Path.of(file));
    output.document(exported.counts());
    output.line(
        organization + " is in " + file + ": " + Names.count(exported.recordCount()) + " records.");
    return ExitCode.DONE;
  }

  private static void save(OrganizationData exported, Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.usage("There is no folder for " + target + ".");
    }
    Path partial = Files.createTempFile(folder, ".sightline-export-", ".json");
    try {
      try (Writer writer = Files.newBufferedWriter(partial)) {
        ExportFile.write(exported, writer);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
