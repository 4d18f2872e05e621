package dev.sightline.command;

import dev.sightline.store.Author;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way, with whoever waits for it.
 *
 * @param <R> what the command tells
 * @param <T> what the caller is answered
 */
record Job<R, T>(
    Command<R> command,
    Author author,
    BiFunction<R, Written, T> answer,
    @Nullable Idempotency<T> idempotency,
    BooleanSupplier abandoned,
    CompletableFuture<Outcome<T>> outcome) {}
