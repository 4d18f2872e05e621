package dev.sightline.cache;

import dev.sightline.model.OrganizationId;
import java.util.Collection;
import java.util.List;

/**
 * Hears what becomes known of organizations, on the thread that finds it out: so it returns at
 * once. What is proved and what is committed may be told in another order than it happened in.
 */
public interface GraphListener {
  /** These are proved along with what is in use. */
  Collection<OrganizationId> watched();

  /** Whether this one is among them. */
  boolean isWatched(OrganizationId organization);

  /** This node has committed these revisions, oldest first. */
  void committed(OrganizationId organization, List<Move> moves);

  /** Where an organization stands. */
  void proved(OrganizationId organization, Proven head);

  /**
   * Which organizations there are.
   *
   * @param epoch another number after each creation
   * @param asOf a reading of {@link System#nanoTime} after which this was so
   */
  void directoryProved(long epoch, long asOf);
}
