package dev.sightline.benchmarks.figures;

import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;

/** Figures for people. */
public final class FigureTable {
  private final List<Figure> figures;

  public FigureTable(List<Figure> figures) {
    this.figures = List.copyOf(figures);
  }

  public void print(PrintWriter out) {
    var table =
        new Table(
            "FIGURE", ">MEASURED", "COMPARED WITH", ">", ">RESULT", ">LOW–HIGH", ">GOAL", "MET");
    for (Figure figure : figures) {
      table.row(
          figure.name(),
          figure.measured().toString(),
          figure.comparedWith(),
          figure.yardstick().toString(),
          result(figure, figure.result().median()),
          result(figure, figure.result().lowest())
              + "–"
              + result(figure, figure.result().highest()),
          figure.goal().toString(),
          figure.isMet() ? "yes" : "NO");
    }
    table.print(out, Style.of(false));
  }

  private static String result(Figure figure, double value) {
    return new Amount(value, figure.goal().unit()).toString();
  }
}
