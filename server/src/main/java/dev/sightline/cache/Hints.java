package dev.sightline.cache;

import dev.sightline.model.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes that a log has moved, so that they look at once rather than with their next
 * proof. What was committed while a message waits to be sent goes along in it.
 *
 * <p>Nothing rests on it: a hint that is lost costs time, one that is made up costs a proof.
 */
public final class Hints {
  private static final String MOVED = "moved";
  private static final String CREATED = "created";

  private final Peers peers;
  private final Set<OrganizationId> moved = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean told = new AtomicBoolean();

  public Hints(Peers peers) {
    this.peers = peers;
  }

  /** Tells these graphs what others have done, and others what these do. */
  public void begin(Graphs graphs) {
    graphs.hint(this::moved);
    peers.hear(MOVED, (_, text) -> read(text).forEach(graphs::hinted));
    peers.hear(
        CREATED,
        (_, _) -> {
          var _ = graphs.proveDirectory();
        });
  }

  /** This node has committed something. Never waits. */
  private void moved(OrganizationId organization, boolean created) {
    if (created) {
      var _ = peers.tellIfAny(CREATED, organization::value);
    }
    moved.add(organization);
    tell();
  }

  private void tell() {
    if (!told.getAndSet(true) && !peers.tellIfAny(MOVED, this::text)) {
      told.set(false);
    }
  }

  private @Nullable String text() {
    told.set(false);
    StringBuilder text = new StringBuilder();
    var next = moved.iterator();
    while (next.hasNext()) {
      String organization = next.next().value();
      if (text.length() + 1 + organization.length() > Peers.LONGEST) {
        tell();
        break;
      }
      // Before it is said: what moves from here on is said once more.
      next.remove();
      text.append(text.isEmpty() ? "" : " ").append(organization);
    }
    return text.isEmpty() ? null : text.toString();
  }

  /** Whom a message is about. */
  private static List<OrganizationId> read(String text) {
    List<OrganizationId> organizations = new ArrayList<>();
    for (String id : text.split(" ", -1)) {
      organizations.add(new OrganizationId(id));
    }
    return organizations;
  }
}
