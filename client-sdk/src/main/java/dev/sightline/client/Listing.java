package dev.sightline.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that is fetched page by page while it is read; each reading begins anew. A page is decided
 * when it is fetched, so nothing that was revoked meanwhile is handed out. Reading throws {@link
 * SightlineException}, and each page may take as long as a call may.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="list"}
 */
public final class Listing<T> implements Iterable<T> {
  private final PageSource<T> source;

  Listing(PageSource<T> source) {
    this.source = source;
  }

  @Override
  public Iterator<T> iterator() {
    return stream().iterator();
  }

  /** The items, lazily, in the list's order. */
  public Stream<T> stream() {
    return StreamSupport.stream(pages().spliterator(), false).flatMap(it -> it.items().stream());
  }

  /** The pages, lazily, each with its position. There is at least one; it may be empty. */
  public Iterable<Page<T>> pages() {
    return () -> new Pages<>(source);
  }

  /** All items, fetched now. */
  public List<T> toList() {
    return stream().toList();
  }

  /** Fetches a page when it is asked for, and none ahead. */
  private static final class Pages<T> implements Iterator<Page<T>> {
    private final PageSource<T> source;
    // INVARIANT: where the next page begins; empty once there is none.
    private Optional<String> next = Optional.of("");

    Pages(PageSource<T> source) {
      this.source = source;
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Page<T> next() {
      var page = Blocking.await(source.page(next.orElseThrow(NoSuchElementException::new)));
      next = page.next();
      return page;
    }
  }
}
