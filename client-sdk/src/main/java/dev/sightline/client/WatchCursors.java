package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.StartWatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far one watch has told, and so what it says when it comes back.
 *
 * <p>An organization that was never heard of is either one that existed when the watch began, of
 * which nothing was promised yet, or one created since, which is told from its creation. Which of
 * the two is known once the watch has been complete: the service answers a ping when every
 * organization has started.
 */
final class WatchCursors {
  private final boolean scoped;
  // INVARIANT: moves only when everything before it was handed over.
  private final Map<String, Cursor> byOrganization = new HashMap<>();
  private final Set<String> started = new HashSet<>();
  private boolean complete;

  WatchCursors(StartWatch what, Cursors after) {
    scoped = what.getScopeCase() != StartWatch.ScopeCase.SCOPE_NOT_SET;
    after.all().forEach(this::moved);
    complete = scoped && after.complete();
  }

  /** Whether this is the first that is told of the organization. */
  synchronized boolean isNew(String organization) {
    return !started.contains(organization);
  }

  synchronized void started(Cursor cursor) {
    started.add(cursor.organization());
    moved(cursor);
  }

  synchronized void moved(Cursor cursor) {
    byOrganization.put(cursor.organization(), cursor);
  }

  /** Every organization that the watch began with has started. */
  synchronized void complete() {
    complete = true;
  }

  synchronized Cursors now() {
    var known = new TreeMap<>(byOrganization);
    known.values().removeIf(cursor -> cursor.token().isEmpty());
    return new Cursors(known, unnamedFromCreation());
  }

  /** What to say to the service, on beginning and on coming back. */
  synchronized StartWatch start(StartWatch what) {
    var start = what.toBuilder().clearOrganizations();
    for (var organization : what.getOrganizationsList()) {
      var cursor = byOrganization.get(organization.getOrganizationId());
      start.addOrganizations(cursor == null ? organization : cursor.message());
    }
    if (scoped) {
      byOrganization.values().stream()
          .filter(cursor -> !cursor.token().isEmpty())
          .map(Cursor::message)
          .forEach(start::addOrganizations);
    }
    return start.setUnnamedFromCreation(unnamedFromCreation()).build();
  }

  // One that was told to start before its creation has a cursor that cannot be told from none.
  private boolean unnamedFromCreation() {
    return complete
        || byOrganization.values().stream().map(Cursor::token).anyMatch(ByteString::isEmpty);
  }
}
