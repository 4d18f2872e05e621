package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.model.OrganizationId;
import java.util.List;

/** Which organizations there are. Blocks. */
public interface Organizations {
  /**
   * All of them.
   *
   * @throws NotAnswerable if the database is away
   */
  List<OrganizationId> all() throws NotAnswerable;

  /**
   * Those of a realm, the root among them; none if there is no such root.
   *
   * @throws NotAnswerable if the database is away
   */
  List<OrganizationId> realm(OrganizationId root) throws NotAnswerable;
}
