package dev.sightline.cli.transfer;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Totals beside what was expected, for people. */
public final class TotalsTable {
  private final Style style;

  public TotalsTable(Style style) {
    this.style = style;
  }

  public Table of(List<Totals> all) {
    var table =
        new Table(
            "PORTAL",
            ">PAIRS",
            ">NONE",
            ">VIEWER",
            ">EDITOR",
            ">OWNER",
            ">LISTS",
            ">AUDIENCES",
            "EXPECTED");
    all.forEach(totals -> row(table, totals));
    if (all.size() > 1) {
      row(table, sum(all));
    }
    return table;
  }

  private void row(Table table, Totals totals) {
    LevelTotals levels = totals.levels();
    table.row(
        totals.organizationId(),
        Names.count(levels.pairs()),
        Names.count(levels.none()),
        Names.count(levels.viewer()),
        Names.count(levels.editor()),
        Names.count(levels.owner()),
        Names.count(totals.listed()),
        Names.count(totals.audience()),
        verdict(totals));
  }

  private String verdict(Totals totals) {
    LevelTotals expected = totals.expected();
    if (totals.matches()) {
      return style.good(expected == null ? "agree" : "the same");
    }
    return style.bad(expected == null ? "DISAGREE" : "DIFFERENT: " + described(expected));
  }

  private static String described(LevelTotals expected) {
    return Names.count(expected.none())
        + " / "
        + Names.count(expected.viewer())
        + " / "
        + Names.count(expected.editor())
        + " / "
        + Names.count(expected.owner());
  }

  private static Totals sum(List<Totals> all) {
    return new Totals(
        "all",
        all.stream().map(Totals::levels).reduce(LevelTotals.ZERO, LevelTotals::plus),
        all.stream().mapToLong(Totals::allowed).sum(),
        all.stream().mapToLong(Totals::listed).sum(),
        all.stream().mapToLong(Totals::audience).sum(),
        expected(all));
  }

  private static @Nullable LevelTotals expected(List<Totals> all) {
    LevelTotals sum = LevelTotals.ZERO;
    for (Totals totals : all) {
      LevelTotals expected = totals.expected();
      if (expected == null) {
        return null;
      }
      sum = sum.plus(expected);
    }
    return sum;
  }
}
