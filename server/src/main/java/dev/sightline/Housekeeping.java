package dev.sightline;

import dev.sightline.store.DirectoryReads;
import dev.sightline.store.MailQueue;
import dev.sightline.store.OneClickLinks;
import dev.sightline.store.OrganizationStore;
import dev.sightline.store.Page;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.SupportAgents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What is done now and then, so that nothing piles up. */
record Housekeeping(
    OrganizationStore organizations,
    DirectoryReads directory,
    SupportAgents agents,
    OneClickLinks links,
    MailQueue mails,
    InstantSource time) {
  static final Duration PERIOD = Duration.ofHours(1);

  /** Answers to idempotency keys are kept for a day at least. */
  private static final Duration KEPT = Duration.ofHours(25);

  /** A link that was used or has ended still leads to a page that says so, for a year. */
  private static final Duration LINKS_KEPT = Duration.ofDays(365);

  /** Which mails were sent can be looked up for a while. */
  private static final Duration MAILS_KEPT = Duration.ofDays(90);

  private static final int TOGETHER = 500;

  void forgetOldMails() {
    links.purge(time.instant().minus(LINKS_KEPT));
    mails.purge(time.instant().minus(MAILS_KEPT));
  }

  void forgetOldResponses() {
    Instant before = time.instant().minus(KEPT);
    agents.forgetResponses(before);
    Page page = Page.first(TOGETHER);
    List<OrganizationRow> rows = directory.organizations(page);
    while (!rows.isEmpty()) {
      rows.forEach(row -> organizations.purgeResponses(row.id(), before));
      rows = directory.organizations(new Page(rows.getLast().id().value(), TOGETHER));
    }
  }
}
