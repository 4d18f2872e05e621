package dev.sightline.cache;

import dev.sightline.change.Revision;
import dev.sightline.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of one organization, as far as it is committed. Blocks. */
public interface RevisionLog {
  /**
   * Where a revision led; null if the log has no such revision.
   *
   * @throws NotAnswerable if the database is away
   */
  @Nullable Position positionAt(long revision) throws NotAnswerable;

  /**
   * At most so many of the revisions after this one, in order.
   *
   * @throws NotAnswerable if the database is away
   */
  List<Revision> after(long revision, int limit) throws NotAnswerable;
}
