package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes tokens, and says what a caller may do with which. Blocks. */
public final class TokenAdministration {
  /** For a token that does not exist, or is none of the caller's business. */
  public static final Refusal NOT_FOUND =
      Refusal.of(Reason.TOKEN_NOT_FOUND, "There is no such token that you may administer.");

  /** For an ADMIN who asks for a token that reaches more than the organization. */
  public static final Refusal WIDER_THAN_AN_ORGANIZATION =
      Refusal.of(
          Reason.CALLER_NOT_ALLOWED,
          "An ADMIN makes tokens for the organization alone: bind it to one, or ask an operator.");

  /** For who asks whether a token is refused everywhere that is not to be. */
  public static final Refusal NOT_REVOKED =
      Refusal.of(Reason.TOKEN_NOT_REVOKED, "The token was not revoked: revoke it first.");

  /** For when the database does not do it. */
  public static final Refusal UNAVAILABLE =
      Refusal.of(
          Reason.STORE_UNAVAILABLE,
          "The database did not answer. List the tokens to see what was done, and try again.");

  private static final Scopes OPERATORS_ONLY = Scopes.of(Scope.SUPPORT, Scope.OPERATE);

  private final TokenStore store;
  private final TokenEpochs epochs;
  private final TokenAuthentication authentication;
  private final OpenStreams streams;
  private final Realms realms;

  public TokenAdministration(
      TokenStore store,
      TokenEpochs epochs,
      TokenAuthentication authentication,
      OpenStreams streams,
      Realms realms) {
    this.store = store;
    this.epochs = epochs;
    this.authentication = authentication;
    this.streams = streams;
    this.realms = realms;
  }

  /** Why the caller may not act for an ADMIN; null if it may. */
  public @Nullable Refusal refusalToAct(Caller caller) {
    return caller.scopes().contains(Scope.MANAGE)
        ? null
        : CallerRefusals.needsOneOf(Scopes.of(Scope.MANAGE));
  }

  /** Why the caller may not give such a token to anybody; null if it may, as far as scopes go. */
  public @Nullable Refusal refusalToGive(Caller caller, NewToken token, boolean namesActor) {
    boolean forSomebody = namesActor || !caller.isOperator();
    Refusal refusal = forSomebody ? refusalToAct(caller) : null;
    if (refusal != null) {
      return refusal;
    }
    Scopes givable = forSomebody ? caller.scopes().without(OPERATORS_ONLY) : caller.scopes();
    return givable.containsAll(token.scopes())
        ? null
        : Refusal.of(
            Reason.CALLER_NOT_ALLOWED,
            "The token would hold " + token.scopes().without(givable) + ", which you may not give.",
            "scopes",
            token.scopes().without(givable).toString());
  }

  /** Why the caller may have no part in the organization's tokens; null if it may. */
  public @Nullable Refusal refusalToReach(Caller caller, OrganizationId organization) {
    return switch (Reach.find(caller.binding(), organization.value(), realms)) {
      case INSIDE -> null;
      case OUTSIDE -> CallerRefusals.outside(caller.binding(), organization.value());
      case UNKNOWN -> CallerRefusals.REACH_UNKNOWN;
    };
  }

  /** Why a token cannot be bound so; null if it can. */
  public @Nullable Refusal refusalToBind(Binding binding) {
    return switch (binding) {
      case Binding.All _ -> null;
      case Binding.OneOrganization(OrganizationId one) ->
          realms.root(one).toCompletableFuture().join() == null
              ? noOrganization(one, "exist")
              : null;
      case Binding.Realm(OrganizationId root) ->
          root.equals(realms.root(root).toCompletableFuture().join())
              ? null
              : noOrganization(root, "exist as the root of a realm");
    };
  }

  private static Refusal noOrganization(OrganizationId organization, String how) {
    return Refusal.of(
        Reason.ORGANIZATION_NOT_FOUND,
        "The organization " + organization + " does not " + how + ".",
        "organization_id",
        organization.value());
  }

  public TokenFacts create(TokenText text, NewToken token) {
    return store.create(text, token);
  }

  /** The tokens bound to exactly this organization, or all if it is null. */
  public List<TokenFacts> list(@Nullable OrganizationId organization) {
    return organization == null ? store.all() : store.boundTo(organization);
  }

  /** One token; null if there is no such token. */
  public @Nullable TokenFacts find(String tokenId) {
    return store.find(tokenId);
  }

  /** The one organization that a token is bound to; null if to more, or there is no such token. */
  public @Nullable OrganizationId organizationOf(String tokenId) {
    TokenFacts token = store.find(tokenId);
    return token != null && token.binding() instanceof Binding.OneOrganization(OrganizationId one)
        ? one
        : null;
  }

  /**
   * Ends a token, on this node before this returns, on the others as soon as they see the epoch;
   * null if there is no such token.
   */
  public @Nullable TokenFacts revoke(String tokenId) {
    TokenFacts revoked = store.revoke(tokenId);
    if (revoked != null) {
      authentication.revoked(tokenId);
      streams.closeAll(tokenId);
      proveIfPossible();
    }
    return revoked;
  }

  /**
   * Not needed for being right: the token is marked here already. Spares the next caller a wait.
   */
  private void proveIfPossible() {
    CompletionStage<Long> proof = epochs.proveNow();
    try {
      proof.toCompletableFuture().join();
    } catch (CompletionException _) {
      // The next call proves.
    }
  }
}
