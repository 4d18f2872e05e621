package dev.sightline.model;

/** What a person has on a dashboard, lowest first; compare with {@link #atLeast}. */
public enum Level {
  NONE,
  VIEWER,
  EDITOR,
  OWNER;

  private static final Level[] BY_ORDINAL = values();

  /** The level with this ordinal, without the copy that {@link #values()} makes. */
  public static Level ofOrdinal(int ordinal) {
    return BY_ORDINAL[ordinal];
  }

  public boolean atLeast(Level other) {
    return ordinal() >= other.ordinal();
  }

  public Level max(Level other) {
    return atLeast(other) ? this : other;
  }
}
