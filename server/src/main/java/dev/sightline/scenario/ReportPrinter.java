package dev.sightline.scenario;

import java.io.PrintWriter;

/**
 * Writes for people what came of files: a line for each, beneath it what differed, and what all of
 * it comes to at the end.
 */
public final class ReportPrinter {
  /** A broken story can differ at every step; the first ones tell why. */
  private static final int MOST_DIFFERENCES = 20;

  private static final String GREEN = "32";
  private static final String RED = "31";

  private final PrintWriter out;
  private final boolean colours;

  public ReportPrinter(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  public void print(Report report) {
    int width =
        report.outcomes().stream().mapToInt(outcome -> outcome.file().length()).max().orElse(0);
    report.outcomes().forEach(outcome -> print(outcome, width));
    print(report.totals());
  }

  private void print(Outcome outcome, int width) {
    switch (outcome) {
      case Outcome.Unreadable unreadable -> print(unreadable, width);
      case Outcome.Played played -> print(played, width);
    }
  }

  private void print(Outcome.Unreadable unreadable, int width) {
    line(
        RED,
        "unreadable",
        unreadable.file(),
        width,
        count(unreadable.problems().size(), "problem"));
    unreadable.problems().forEach(problem -> out.println("    " + problem));
  }

  private void print(Outcome.Played played, int width) {
    boolean same = played.differences().isEmpty();
    line(same ? GREEN : RED, same ? "as said" : "differs", played.file(), width, facts(played));
    played.differences().stream()
        .limit(MOST_DIFFERENCES)
        .forEach(difference -> print(difference, played.file()));
    if (played.differences().size() > MOST_DIFFERENCES) {
      out.println("    … and " + (played.differences().size() - MOST_DIFFERENCES) + " more");
    }
  }

  private void line(String colour, String verdict, String file, int width, String facts) {
    out.println(
        coloured(colour, "%-10s".formatted(verdict))
            + "  "
            + file
            + " ".repeat(Math.max(0, width - file.length()))
            + "  "
            + facts);
  }

  private static String facts(Outcome.Played played) {
    int differed = played.differences().size();
    return count(played.played(), "step")
        + " played"
        + (differed == 0 ? "" : ", " + differed + " differed");
  }

  private void print(Outcome.Difference difference, String file) {
    String where = difference.file().equals(file) ? "" : " of " + difference.file();
    out.printf(
        "    step %d%s, line %d, at %s%n",
        difference.step(), where, difference.line(), difference.at());
    row("step", difference.text());
    row("expected", difference.expected());
    row("got", coloured(RED, difference.got()));
    difference.details().forEach(detail -> row("", detail));
    String label = "before";
    for (String before : difference.before()) {
      row(label, before);
      label = "";
    }
  }

  private void row(String label, String text) {
    out.printf("      %-9s %s%n", label, text);
  }

  private void print(Report.Totals totals) {
    out.println();
    out.println(
        count(totals.files(), "file")
            + (totals.unreadable() == 0 ? "" : ", " + totals.unreadable() + " unreadable")
            + "; "
            + count(totals.played(), "step")
            + " played, "
            + coloured(totals.differed() == 0 ? GREEN : RED, totals.differed() + " differed"));
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private String coloured(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
