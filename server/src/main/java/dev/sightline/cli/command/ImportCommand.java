package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Progress;
import dev.sightline.cli.output.Terminal;
import dev.sightline.cli.transfer.ImportFile;
import dev.sightline.cli.transfer.ImportReport;
import dev.sightline.cli.transfer.Importer;
import dev.sightline.cli.transfer.Importer.Imported;
import dev.sightline.cli.transfer.Source;
import dev.sightline.cli.transfer.Totals;
import dev.sightline.cli.transfer.TotalsCheck;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings organizations in from a file. */
@Command(
    name = "import",
    description = {
      "Bring organizations in from a file, as 'export' writes it; gzip is unpacked.",
      "All of the file is checked before anything is sent: one that is cut short or wrong anywhere"
          + " imports nothing. Then each organization comes in whole or not at all."
    },
    footer = {"", "Example: sightline import foundation.json"})
final class ImportCommand extends RemoteCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(
      names = "--check",
      description =
          "Afterwards ask about every pair of user and dashboard, in batches, lists and audiences,"
              + " and compare. Done anyway where the file says what it expects.")
  private boolean check;

  @Option(names = "--no-check", description = "Ask nothing afterwards.")
  private boolean noCheck;

  ImportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void checkUsage() {
    if (check && noCheck) {
      throw CommandFailure.usage("--check and --no-check exclude each other.");
    }
  }

  @Override
  ExitCode run(Server server, Output output) throws InterruptedException {
    Progress progress = progress();
    try {
      List<Imported> imported =
          new Importer(server.channel(), progress).run(new ImportFile(Source.file(file)));
      var totalsCheck = new TotalsCheck(server.channel(), progress);
      List<Totals> totals = imported.stream().filter(this::isChecked).map(totalsCheck::of).toList();
      new ImportReport(output).print(imported, totals);
      return totals.stream().allMatch(Totals::matches) ? ExitCode.DONE : ExitCode.NO;
    } finally {
      progress.clear();
    }
  }

  private boolean isChecked(Imported organization) {
    return check || (!noCheck && organization.expected() != null);
  }
}
