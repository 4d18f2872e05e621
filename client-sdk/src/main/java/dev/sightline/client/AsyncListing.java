package dev.sightline.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A list that is fetched page by page, one after the other; each reading begins anew. Futures fail
 * with {@link SightlineException}, and each page may take as long as a call may.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="async"}
 */
public final class AsyncListing<T> {
  private final PageSource<T> source;

  AsyncListing(PageSource<T> source) {
    this.source = source;
  }

  /**
   * Hands each page over, in order, the next being fetched when the consumer is done with the one
   * before. If the consumer throws, that is the end, and the future fails with it.
   */
  public CompletableFuture<Void> forEachPage(Consumer<Page<T>> consumer) {
    return from("", consumer);
  }

  private CompletableFuture<Void> from(String token, Consumer<Page<T>> consumer) {
    return source
        .page(token)
        .thenCompose(page -> {
          consumer.accept(page);
          return page.next()
              .map(next -> from(next, consumer))
              .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
  }

  /** All items. */
  public CompletableFuture<List<T>> toList() {
    var items = new ArrayList<T>();
    return forEachPage(page -> items.addAll(page.items())).thenApply(_ -> List.copyOf(items));
  }
}
