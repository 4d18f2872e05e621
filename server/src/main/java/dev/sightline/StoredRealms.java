package dev.sightline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sightline.auth.Realms;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Rows.OrganizationRow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Realms as the rows have them; remembered, since an organization's root never changes. */
final class StoredRealms implements Realms {
  private static final int MOST_REMEMBERED = 100_000;

  private final DirectoryReads directory;
  private final ExecutorService virtualThreads;
  private final Cache<String, OrganizationId> roots =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  StoredRealms(DirectoryReads directory, ExecutorService virtualThreads) {
    this.directory = directory;
    this.virtualThreads = virtualThreads;
  }

  @Override
  public @Nullable OrganizationId rootIfKnown(String organization) {
    return roots.getIfPresent(organization);
  }

  @Override
  public CompletionStage<@Nullable OrganizationId> root(OrganizationId organization) {
    return CompletableFuture.<@Nullable OrganizationId>supplyAsync(
        () -> {
          OrganizationRow row = directory.organization(organization);
          if (row == null) {
            return null;
          }
          roots.put(organization.value(), row.root());
          return row.root();
        },
        virtualThreads);
  }
}
