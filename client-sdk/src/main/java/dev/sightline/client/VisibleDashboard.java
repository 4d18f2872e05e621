package dev.sightline.client;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard that a user may view, with what was asked for in {@link ListOptions}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="list"}
 */
public final class VisibleDashboard {
  private final String id;
  private final @Nullable String name;
  private final @Nullable Level level;
  private final Set<Pill> pills;

  VisibleDashboard(String id, @Nullable String name, @Nullable Level level, Set<Pill> pills) {
    this.id = id;
    this.name = name;
    this.level = level;
    this.pills = Set.copyOf(pills);
  }

  /** The dashboard's id. */
  public String id() {
    return id;
  }

  /** The name, if it was asked for. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The reader's level, if it was asked for. */
  public Optional<Level> level() {
    return Optional.ofNullable(level);
  }

  /** The pills that the reader sees; none if they were not asked for. */
  public Set<Pill> pills() {
    return pills;
  }

  @Override
  public String toString() {
    return "VisibleDashboard[id=%s, name=%s, level=%s, pills=%s]".formatted(id, name, level, pills);
  }
}
