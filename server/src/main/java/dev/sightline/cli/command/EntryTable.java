package dev.sightline.cli.command;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Table;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.LevelEffect;
import java.util.List;

/** Entries, and what changing them does, for people. */
final class EntryTable {
  private EntryTable() {}

  static Table of(List<AccessEntry> entries, Style style) {
    var table = new Table("FOR", "LEVEL", "UNTIL");
    for (AccessEntry entry : entries) {
      table.row(
          new SubjectArgument(
                  entry.hasTeamId(), entry.hasTeamId() ? entry.getTeamId() : entry.getUserId())
              .toString(),
          style.level(entry.getLevel()),
          Names.time(entry.getEndsAtMicros()));
    }
    return table;
  }

  static Table effects(List<LevelEffect> effects, Style style) {
    var table = new Table("USER", "NOW", "THEN");
    for (LevelEffect effect : effects) {
      table.row(
          effect.getUserId(), style.level(effect.getBefore()), style.level(effect.getAfter()));
    }
    return table;
  }
}
