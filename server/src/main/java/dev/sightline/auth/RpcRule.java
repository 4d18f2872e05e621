package dev.sightline.auth;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may make a call of one RPC. */
sealed interface RpcRule {
  /** Anybody, without a token. */
  record Open() implements RpcRule {}

  /**
   * Whoever holds one of these scopes and reaches what the call is about.
   *
   * @param tooLarge stands for a request that is too large; null: there is none such
   * @param malformed stands for a request that is none; null: there is none such
   */
  record Guarded(Scopes anyOf, Target target, @Nullable Object tooLarge, @Nullable Object malformed)
      implements RpcRule {}

  /** What a call is about. */
  sealed interface Target {}

  /**
   * One organization.
   *
   * @param named reads its id from a request
   */
  record OneOrganization(Function<Object, String> named) implements Target {}

  /** No single organization. */
  record Everything() implements Target {}

  /** What the token lets the caller see; the RPC finds out itself. */
  record Own() implements Target {}
}
