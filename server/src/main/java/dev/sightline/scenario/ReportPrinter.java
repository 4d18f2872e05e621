package dev.sightline.scenario;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Writes for people what came of files: a line for each, beneath it what differed, and what all of
 * it comes to at the end.
 */
public final class ReportPrinter {
  /** A broken story can differ at every step; the first ones tell why. */
  private static final int MOST_DIFFERENCES = 20;

  private static final String GREEN = "32";
  private static final String RED = "31";
  private static final String YELLOW = "33";

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
    line(
        same ? (played.end() == null ? GREEN : YELLOW) : RED,
        same ? (played.end() == null ? "as said" : "so far") : "differs",
        played.file(),
        width,
        facts(played));
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
    var facts = new StringBuilder(count(played.played(), "step") + " played");
    if (!played.differences().isEmpty()) {
      facts.append(", ").append(played.differences().size()).append(" differed");
    }
    if (!played.notPlayed().isEmpty()) {
      facts.append("; not played: ").append(names(played.notPlayed()));
    }
    var end = played.end();
    if (end != null) {
      facts
          .append("; played up to step ")
          .append(end.step())
          .append(", ")
          .append(end.operation())
          .append(", which is to come; ")
          .append(count(end.left(), "step"))
          .append(" left");
    }
    return facts.toString();
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
            + (totals.brokenOff() == 0 ? "" : ", " + totals.brokenOff() + " played in part")
            + "; "
            + count(totals.played(), "step")
            + " played, "
            + coloured(totals.differed() == 0 ? GREEN : RED, totals.differed() + " differed")
            + (totals.left() == 0 ? "" : ", " + totals.left() + " left behind")
            + (totals.notPlayed().isEmpty() ? "" : "; not played: " + names(totals.notPlayed())));
  }

  private static String names(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(joining(", "));
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private String coloured(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
