package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.model.OrganizationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which organizations there are, for those who watch a realm or all. Each proof tells a
 * number that is another one after every creation; when it is, the ids are listed anew.
 *
 * <p>INVARIANT: {@link #provenAsOf} is set behind the telling of what the proof covers.
 */
final class Census {
  private static final Logger LOG = LoggerFactory.getLogger(Census.class);

  private final Organizations organizations;
  private final Runnable prove;
  private final Mailbox mailbox;
  private final Set<Follower> followers = new LinkedHashSet<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private long listedEpoch = -1;
  private volatile long provenAsOf = System.nanoTime();

  private record Waiter(long since, CompletableFuture<Void> proven) {}

  /** Somebody who wants to know of a realm or of everything. */
  static final class Follower {
    private final WatchPlan.Scope scope;
    private final Consumer<List<OrganizationId>> found;
    private final Set<OrganizationId> known = new HashSet<>();

    /**
     * @param found is told what there is, and later what has come to it; in order, at once
     */
    Follower(WatchPlan.Scope scope, Consumer<List<OrganizationId>> found) {
      this.scope = scope;
      this.found = found;
    }
  }

  /**
   * @param prove asks for a proof that is sent from now on
   */
  Census(Organizations organizations, Runnable prove, Executor threads) {
    this.organizations = organizations;
    this.prove = prove;
    this.mailbox = new Mailbox(threads);
  }

  /** A reading of {@link System#nanoTime}: whatever was created before it has been told. */
  long provenAsOf() {
    return provenAsOf;
  }

  /** Completes when what there is now has been told; exceptionally if it cannot be found out. */
  CompletableFuture<Void> follow(Follower follower) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    mailbox.execute(() -> {
      try {
        tell(follower, listed(follower.scope));
        followers.add(follower);
        told.complete(null);
      } catch (Throwable e) {
        told.completeExceptionally(e);
      }
    });
    return told;
  }

  void unfollow(Follower follower) {
    mailbox.execute(() -> followers.remove(follower));
  }

  /** Completes once a proof that was sent after this call has been taken in. */
  CompletableFuture<Void> proven() {
    long since = System.nanoTime();
    CompletableFuture<Void> proven = new CompletableFuture<>();
    mailbox.execute(() -> {
      waiters.add(new Waiter(since, proven));
      prove.run();
    });
    return proven;
  }

  void proved(long epoch, long asOf) {
    mailbox.execute(() -> takeIn(epoch, asOf));
  }

  private void takeIn(long epoch, long asOf) {
    try {
      if (epoch != listedEpoch && !followers.isEmpty()) {
        listAnew();
        listedEpoch = epoch;
      }
    } catch (NotAnswerable e) {
      LOG.debug("which organizations there are is not known: {}", e.getMessage());
      return;
    }
    if (asOf - provenAsOf > 0) {
      provenAsOf = asOf;
    }
    waiters.removeIf(waiter -> {
      boolean due = asOf - waiter.since() >= 0;
      if (due) {
        waiter.proven().complete(null);
      }
      return due;
    });
  }

  private void listAnew() throws NotAnswerable {
    Map<WatchPlan.Scope, List<OrganizationId>> lists = new HashMap<>();
    for (Follower follower : followers) {
      List<OrganizationId> known = lists.get(follower.scope);
      List<OrganizationId> list = known == null ? listed(follower.scope) : known;
      lists.put(follower.scope, list);
      tell(follower, list);
    }
  }

  private List<OrganizationId> listed(WatchPlan.Scope scope) throws NotAnswerable {
    return switch (scope) {
      case WatchPlan.Named() -> List.of();
      case WatchPlan.Realm(OrganizationId root) -> organizations.realm(root);
      case WatchPlan.Everything() -> organizations.all();
    };
  }

  private static void tell(Follower follower, List<OrganizationId> list) {
    List<OrganizationId> come = list.stream().filter(follower.known::add).toList();
    follower.found.accept(come);
  }
}
