package dev.sightline.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A list that is fetched page by page, one after the other; each reading begins anew. Futures fail
 * with {@link SightlineException}, and each page may take as long as a call may.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="async"}
 */
public final class AsyncListing<T> {
  private final Supplier<PageSource<T>> readings;

  AsyncListing(PageSource<T> source) {
    this(() -> source);
  }

  /** With a source of its own for each reading. */
  AsyncListing(Supplier<PageSource<T>> readings) {
    this.readings = readings;
  }

  /**
   * Hands each page over, in order, the next being fetched when the consumer is done with the one
   * before. If the consumer throws, that is the end, and the future fails with it.
   */
  public CompletableFuture<Void> forEachPage(Consumer<Page<T>> consumer) {
    var source = readings.get();
    return from(source, "", consumer).whenComplete((_, _) -> source.close());
  }

  private static <T> CompletableFuture<Void> from(
      PageSource<T> source, String token, Consumer<Page<T>> consumer) {
    return source
        .page(token)
        .thenCompose(page -> {
          consumer.accept(page);
          return page.next()
              .map(next -> from(source, next, consumer))
              .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
  }

  /** All items. */
  public CompletableFuture<List<T>> toList() {
    var items = new ArrayList<T>();
    return forEachPage(page -> items.addAll(page.items())).thenApply(_ -> List.copyOf(items));
  }
}
