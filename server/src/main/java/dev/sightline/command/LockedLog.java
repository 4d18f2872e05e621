package dev.sightline.command;

import dev.sightline.cache.GraphLoader;
import dev.sightline.change.Revision;
import dev.sightline.model.Position;
import dev.sightline.store.OrganizationTransaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of an organization while it is locked. */
record LockedLog(OrganizationTransaction transaction) implements GraphLoader.LogReader {
  @Override
  public @Nullable Position positionAt(long revision) {
    return transaction.positionAt(revision);
  }

  @Override
  public List<Revision> after(long revision, int limit) {
    return transaction.revisionsAfter(revision);
  }
}
