package dev.sightline.watch;

import dev.sightline.model.OrganizationId;
import dev.sightline.watch.Outbox.Item;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One watcher's interest in one organization. */
final class Subscription {
  private final OrganizationId organization;
  private final Filter filter;
  private final Outbox outbox;
  private final @Nullable Holder holder;

  /** Somebody who holds answers for as long as the watch's heartbeats allow. */
  interface Holder {
    /** Completes when everything that this subscription was told so far has been heeded. */
    CompletableFuture<Void> heeded(Subscription subscription);
  }

  // What follows is guarded by the outbox's lock.
  private Cursor sentThrough;
  private @Nullable Queue<Item> held;

  /**
   * @param from up to where its watcher knows everything; null if it begins with now
   * @param holder null: the watcher honours nothing that it is not told
   */
  Subscription(
      OrganizationId organization,
      Filter filter,
      Outbox outbox,
      @Nullable Cursor from,
      @Nullable Holder holder) {
    this.organization = organization;
    this.filter = filter;
    this.outbox = outbox;
    this.holder = holder;
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

  /** Whether its watcher honours answers for as long as heartbeats allow. */
  boolean holdsAnswers() {
    return holder != null;
  }

  /** Completes when its watcher honours nothing that is not true after what was offered so far. */
  CompletableFuture<Void> heeded() {
    return holder == null ? CompletableFuture.completedFuture(null) : holder.heeded(this);
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
