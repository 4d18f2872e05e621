package dev.sightline.cli.command;

import dev.sightline.model.Ids;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A user, or a team, which is written {@code team:ID}: no id has a colon in it. */
record SubjectArgument(boolean isTeam, String id) {
  static final SubjectArgument NOBODY = new SubjectArgument(false, "");

  private static final String TEAM = "team:";
  private static final String USER = "user:";

  /** {@code ada}, {@code user:ada} or {@code team:operations}. */
  static SubjectArgument parse(String text) {
    boolean isTeam = text.startsWith(TEAM);
    String id = isTeam || text.startsWith(USER) ? text.substring(TEAM.length()) : text;
    if (!Ids.isWellFormed(id)) {
      throw new TypeConversionException("'" + text + "', expected USER or team:TEAM");
    }
    return new SubjectArgument(isTeam, id);
  }

  /** For the command line. */
  static ITypeConverter<SubjectArgument> converter() {
    return SubjectArgument::parse;
  }

  @Override
  public String toString() {
    return isTeam ? TEAM + id : id;
  }
}
