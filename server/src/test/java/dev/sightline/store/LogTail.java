package dev.sightline.store;

import dev.sightline.change.Revision;
import dev.sightline.model.OrganizationId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** An organization's log for those who hold answers against it, over a connection of their own. */
public final class LogTail {
  private LogTail() {}

  /** At most so many of the revisions after this one, oldest first. */
  public static List<Revision> after(
      Connection connection, OrganizationId organization, long revision, int limit)
      throws SQLException {
    return Log.revisions(connection, organization, revision, limit);
  }
}
