package dev.sightline.benchmarks;

import dev.sightline.benchmarks.decision.DecisionRun;
import dev.sightline.benchmarks.figures.Figure;
import dev.sightline.benchmarks.figures.FigureFile;
import dev.sightline.benchmarks.figures.FigureTable;
import dev.sightline.benchmarks.load.LoadRun;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures everything, one thing after the other, and prints one table. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs.
   *
   * @param arguments {@code short} or {@code long}, the file for the figures, and the file of the
   *     options that servers' JVMs run with
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("wanted: short|long <figures.json> <jvm.options>");
    }
    Mode mode = Mode.named(arguments[0]);
    Path jvmOptions = Path.of(arguments[2]);
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    List<Figure> figures = new ArrayList<>();
    figures.addAll(new LoadRun(mode.load(), mode.watch(), jvmOptions, out::println).figures());
    figures.addAll(new DecisionRun(mode.decision(), out::println).figures());

    out.println();
    new FigureTable(figures).print(out);
    new FigureFile(Path.of(arguments[1])).write(arguments[0], figures);
    out.println();
    out.println("Also in " + arguments[1]);
  }
}
