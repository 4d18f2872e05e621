package dev.sightline;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.watch.Organizations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Organizations as the rows have them. */
record StoredOrganizations(DirectoryReads directory) implements Organizations {
  @Override
  public List<OrganizationId> all() throws NotAnswerable {
    return listed(null);
  }

  @Override
  public List<OrganizationId> realm(OrganizationId root) throws NotAnswerable {
    return listed(root);
  }

  private List<OrganizationId> listed(@Nullable OrganizationId root) throws NotAnswerable {
    try {
      return directory.organizationIds(root);
    } catch (StoreUnavailable e) {
      throw new NotAnswerable(
          Refusal.of(
              Reason.STORE_UNAVAILABLE,
              "The database did not tell which organizations there are; try again."),
          e);
    }
  }
}
