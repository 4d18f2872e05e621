package dev.sightline.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change of who has access to a dashboard, carried out whole or not at all. No subject may be
 * named twice; up to 1,000 entries may be set and 1,000 removed.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 */
public final class AccessChange {
  private static final AccessChange EMPTY = new AccessChange(null, List.of(), List.of(), "");

  private final @Nullable Level companyDefault;
  private final List<AccessEntry> set;
  private final List<Subject> removed;
  private final String etag;

  private AccessChange(
      @Nullable Level companyDefault, List<AccessEntry> set, List<Subject> removed, String etag) {
    this.companyDefault = companyDefault;
    this.set = List.copyOf(set);
    this.removed = List.copyOf(removed);
    this.etag = etag;
  }

  /** Nothing yet. */
  public static AccessChange empty() {
    return EMPTY;
  }

  /** With NONE, VIEWER or EDITOR for everybody who is not said to have anything else. */
  public AccessChange withCompanyDefault(Level companyDefault) {
    return new AccessChange(companyDefault, set, removed, etag);
  }

  /** Sets an entry that does not end, exactly as said. */
  public AccessChange set(Subject subject, Level level) {
    return set(new AccessEntry(subject, level, End.never()));
  }

  /** Sets an entry, exactly as said. */
  public AccessChange set(AccessEntry entry) {
    return new AccessChange(companyDefault, plus(set, entry), removed, etag);
  }

  /** Removes a subject's entry; one that is not there is no error. */
  public AccessChange remove(Subject subject) {
    return new AccessChange(companyDefault, set, plus(removed, subject), etag);
  }

  /** Only if the access is still what this stands for; else ABORTED, reason ETAG_MISMATCH. */
  public AccessChange ifStill(String etag) {
    return new AccessChange(companyDefault, set, removed, etag);
  }

  /** The new company default; empty if it stays. */
  public Optional<Level> companyDefault() {
    return Optional.ofNullable(companyDefault);
  }

  /** The entries to set. */
  public List<AccessEntry> entriesToSet() {
    return set;
  }

  /** Whose entries to remove. */
  public List<Subject> entriesToRemove() {
    return removed;
  }

  /** What the access must still be; empty if it does not matter. */
  public Optional<String> etag() {
    return etag.isEmpty() ? Optional.empty() : Optional.of(etag);
  }

  private static <T> List<T> plus(List<T> list, T item) {
    return Stream.concat(list.stream(), Stream.of(item)).toList();
  }
}
