package dev.sightline.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned; a column whose heading begins with {@code >} is aligned right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row, which must have a cell for each heading. */
  public Table row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells under " + headings.size() + " headings");
    }
    rows.add(List.of(cells));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Writes the headings and the rows. */
  public void print(PrintWriter out, Style style) {
    int[] widths = widths();
    out.println(style.bold(line(headings.stream().map(Table::title).toList(), widths)));
    rows.forEach(row -> out.println(line(row, widths)));
    out.flush();
  }

  private int[] widths() {
    var widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Style.width(title(headings.get(column)));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], Style.width(row.get(column)));
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths[column] - Style.width(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(isRight(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private boolean isRight(int column) {
    return headings.get(column).startsWith(">");
  }

  private static String title(String heading) {
    return heading.startsWith(">") ? heading.substring(1) : heading;
  }
}
