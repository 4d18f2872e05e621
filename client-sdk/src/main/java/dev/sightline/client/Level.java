package dev.sightline.client;

/**
 * What a person has on a dashboard, lowest first; compare with {@link #atLeast}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="explain"}
 */
public enum Level {
  /** Nothing: the dashboard is as good as not there. */
  NONE,
  /** May look, filter, copy the link, subscribe and duplicate. */
  VIEWER,
  /** May edit, rename, manage access, share and export, too. */
  EDITOR,
  /** May delete, transfer and set draft, too. */
  OWNER;

  /** Whether this is the other level or a higher one. */
  public boolean atLeast(Level other) {
    return compareTo(other) >= 0;
  }
}
