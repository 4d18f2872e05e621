package dev.sightline.watch;

import dev.sightline.model.OrganizationId;
import dev.sightline.watch.Outbox.Item;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One watcher's interest in one organization. */
final class Subscription {
  private final OrganizationId organization;
  private final Filter filter;
  private final Outbox outbox;

  // What follows is guarded by the outbox's lock.
  private Cursor sentThrough;
  private @Nullable Queue<Item> held;

  /**
   * @param from up to where its watcher knows everything; null if it begins with now
   */
  Subscription(OrganizationId organization, Filter filter, Outbox outbox, @Nullable Cursor from) {
    this.organization = organization;
    this.filter = filter;
    this.outbox = outbox;
    this.sentThrough = from == null ? Cursor.BEGINNING : from;
  }

  OrganizationId organization() {
    return organization;
  }

  Filter filter() {
    return filter;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Offers a message, which never waits. */
  void offer(byte[] message, Cursor through) {
    outbox.offer(new Item.Message(message, this, through));
  }

  /** Offers what only this subscription is told. */
  void offer(Expansion expansion) {
    outbox.offer(new Item.Parts(expansion, this));
  }

  /** Up to where the watcher knows everything that was sent. */
  Cursor sentThrough() {
    return sentThrough;
  }

  void sent(Cursor through) {
    sentThrough = through;
  }

  /** What waits until a replay is through; null if nothing has to. */
  @Nullable Queue<Item> held() {
    return held;
  }

  void holdFrom(@Nullable Queue<Item> queue) {
    held = queue;
  }
}
