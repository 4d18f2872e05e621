package dev.sightline.cli.output;

/** When to write in colour. */
public enum ColorMode {
  /** On a terminal, unless NO_COLOR is set. */
  AUTO,
  ALWAYS,
  NEVER
}
