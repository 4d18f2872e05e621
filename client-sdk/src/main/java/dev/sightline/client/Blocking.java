package dev.sightline.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what asynchronous calls bring. */
final class Blocking {
  private Blocking() {}

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw SightlineException.of(Code.CANCELLED, "The thread was interrupted while it waited.")
          .causedBy(e);
    } catch (ExecutionException e) {
      throw here(e);
    }
  }

  /** The failure, with the stack of whoever waited for it. Nobody else has it yet. */
  private static RuntimeException here(ExecutionException e) {
    if (e.getCause() instanceof SightlineException failure) {
      failure.fillInStackTrace();
      return failure;
    }
    return new IllegalStateException("The call failed in this SDK; please report it.", e);
  }
}
