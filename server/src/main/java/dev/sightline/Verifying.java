package dev.sightline;

import dev.sightline.cli.ScenarioRunner;
import dev.sightline.scenario.JsonReport;
import dev.sightline.scenario.Report;
import dev.sightline.scenario.ReportPrinter;
import dev.sightline.scenario.ScenarioPlayer;
import dev.sightline.store.ScratchDatabases;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Plays scenarios against servers of its own. */
final class Verifying implements ScenarioRunner {
  @Override
  public int verify(List<Path> files, boolean json, PrintWriter out, PrintWriter err) {
    try (var worlds = new StoryWorlds(ScratchDatabases.start(err::println))) {
      Report report = new ScenarioPlayer(worlds).play(files);
      if (json) {
        JsonReport.print(report, out);
      } else {
        new ReportPrinter(out, false).print(report);
      }
      return report.exitStatus();
    }
  }
}
