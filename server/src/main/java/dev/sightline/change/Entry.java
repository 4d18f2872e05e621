package dev.sightline.change;

import dev.sightline.model.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user or a team was given on a dashboard.
 *
 * @param level NONE, VIEWER or EDITOR
 * @param end from this very instant on the entry is as good as none; null: it has no end;
 *     microsecond precision
 */
public record Entry(Level level, @Nullable Instant end) {
  public Entry {
    if (level == Level.OWNER) {
      throw new IllegalArgumentException("an entry is NONE, VIEWER or EDITOR");
    }
  }

  public boolean hasEnded(Instant at) {
    return end != null && !at.isBefore(end);
  }
}
