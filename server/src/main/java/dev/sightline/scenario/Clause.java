package dev.sightline.scenario;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What may stand beside the operation of a step. */
enum Clause {
  BY,
  ORGANIZATION,
  AS,
  EXPECT,
  ERROR;

  /** May stand beside everything; where it says nothing it is passed over. */
  static final Set<Clause> ALWAYS = EnumSet.of(BY, ORGANIZATION, AS);

  /** Changes that a person makes within an organization. */
  static final Set<Clause> OF_CHANGES = EnumSet.of(BY, ORGANIZATION, ERROR);

  /** Changes that need nobody within: what operators do, and links. */
  static final Set<Clause> OF_OPERATORS = EnumSet.of(ERROR);

  /** Questions of trusted services. */
  static final Set<Clause> OF_QUESTIONS = EnumSet.of(ORGANIZATION, EXPECT, ERROR);

  /** Questions about what a person sees. */
  static final Set<Clause> OF_VIEWS = EnumSet.of(BY, ORGANIZATION, EXPECT, ERROR);

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static boolean isKey(String key) {
    return Stream.of(values()).anyMatch(clause -> clause.key().equals(key));
  }
}
