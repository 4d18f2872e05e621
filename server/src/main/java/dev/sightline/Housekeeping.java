package dev.sightline;

import dev.sightline.store.DirectoryReads;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.Page;
import dev.sightline.store.Rows.OrganizationRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What is done now and then, so that nothing piles up. */
record Housekeeping(OrganizationStore organizations, DirectoryReads directory, InstantSource time) {
  static final Duration PERIOD = Duration.ofHours(1);

  /** Answers to idempotency keys are kept for a day at least. */
  private static final Duration KEPT = Duration.ofHours(25);

  private static final int TOGETHER = 500;

  void forgetOldResponses() {
    Instant before = time.instant().minus(KEPT);
    Page page = Page.first(TOGETHER);
    List<OrganizationRow> rows = directory.organizations(page);
    while (!rows.isEmpty()) {
      rows.forEach(row -> organizations.purgeResponses(row.id(), before));
      rows = directory.organizations(new Page(rows.getLast().id().value(), TOGETHER));
    }
  }
}
