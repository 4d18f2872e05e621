package dev.sightline.client;

import java.util.concurrent.CompletableFuture;

/** Where the pages of a list come from. */
@FunctionalInterface
interface PageSource<T> {
  /** The page that begins where the one before said; empty for the first. */
  CompletableFuture<Page<T>> page(String token);

  /** Nobody asks for more. */
  default void close() {}
}
