package dev.sightline.change;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a realm's root organization says about support access to it and what is under it.
 *
 * @param usual how long a grant lasts if nothing is said; null: as the rules say
 * @param longest the longest that a grant with an end may last; null: one calendar month, which is
 *     the most in any case
 * @param untilRevoked whether grants without an end may be given
 * @param groups the vendor's groups that may be chosen, in the order of names; empty: all
 */
public record SupportPolicy(
    @Nullable Duration usual,
    @Nullable Duration longest,
    boolean untilRevoked,
    List<String> groups) {
  /** Where nothing was said. */
  public static final SupportPolicy USUAL = new SupportPolicy(null, null, true, List.of());

  public SupportPolicy {
    groups = groups.stream().sorted().distinct().toList();
  }
}
