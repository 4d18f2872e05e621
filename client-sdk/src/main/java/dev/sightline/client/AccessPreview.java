package dev.sightline.client;

import java.util.List;

/**
 * What a change of access would do; nothing was changed.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="preview"}
 *
 * @param companyDefault the company default as it would be
 * @param entries the entries as they would be
 * @param effects whose level would change, by user id; the first 1,000
 * @param effectCount how many levels would change in all
 */
public record AccessPreview(
    Level companyDefault, List<AccessEntry> entries, List<Effect> effects, int effectCount) {
  /** Copies what could change. */
  public AccessPreview {
    entries = List.copyOf(entries);
    effects = List.copyOf(effects);
  }

  /**
   * A level that would change.
   *
   * @param user whose
   * @param before the level now
   * @param after the level after the change
   */
  public record Effect(String user, Level before, Level after) {}
}
