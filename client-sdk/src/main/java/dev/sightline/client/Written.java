package dev.sightline.client;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write did. It is durable, and every later call of this client sees it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="position"}
 */
public final class Written {
  private final Position position;
  private final long revision;
  private final boolean changed;
  private final @Nullable Spread spread;

  Written(Position position, long revision, boolean changed, @Nullable Spread spread) {
    this.position = position;
    this.revision = revision;
    this.changed = changed;
    this.spread = spread;
  }

  Written withSpread(Spread spread) {
    return new Written(position, revision, changed, spread);
  }

  /** Where the change is in; pass it on so that others see it, too. */
  public Position position() {
    return position;
  }

  /** The organization's revision there; dense from 1 on. */
  public long revision() {
    return revision;
  }

  /** False if everything was already as asked for: then there is no new revision. */
  public boolean changed() {
    return changed;
  }

  /**
   * How far it was known when the call returned, if that was {@linkplain Actor#everywhere asked}.
   */
  public Optional<Spread> spread() {
    return Optional.ofNullable(spread);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Written that
        && position.equals(that.position)
        && revision == that.revision
        && changed == that.changed
        && Objects.equals(spread, that.spread);
  }

  @Override
  public int hashCode() {
    return Objects.hash(position, revision, changed);
  }

  @Override
  public String toString() {
    return "Written[position=%s, revision=%d, changed=%s, spread=%s]"
        .formatted(position, revision, changed, spread);
  }
}
