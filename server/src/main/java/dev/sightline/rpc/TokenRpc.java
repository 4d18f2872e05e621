package dev.sightline.rpc;

import dev.sightline.auth.Binding;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.auth.NewToken;
import dev.sightline.auth.TokenAdministration;
import dev.sightline.auth.TokenFacts;
import dev.sightline.auth.TokenText;
import dev.sightline.auth.TokensEverywhere;
import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.RollCall;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.StoreUnavailable;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AwaitTokenEverywhereRequest;
import dev.sightline.v1.AwaitTokenEverywhereResponse;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.ListTokensRequest;
import dev.sightline.v1.ListTokensResponse;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.RevokeTokenResponse;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API tokens. Operators who name no actor administer all of them; everybody else acts for an ADMIN
 * of the organization that the token is bound to. Each call runs on a virtual thread of its own.
 */
public final class TokenRpc extends TokenServiceGrpc.TokenServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRpc.class);

  private final TokenAdministration tokens;
  private final Everywhere everywhere;
  private final ActorCheck actors;
  private final SecureRandom random = new SecureRandom();

  /** Waits until nobody is let in with a revoked token. */
  @FunctionalInterface
  public interface Everywhere {
    /** As {@link TokensEverywhere#await}. */
    RollCall.Spread await(TokenFacts revoked, long until)
        throws NotAnswerable, InterruptedException;
  }

  public TokenRpc(TokenAdministration tokens, Everywhere everywhere, ActorCheck actors) {
    this.tokens = tokens;
    this.everywhere = everywhere;
    this.actors = actors;
  }

  @Override
  public void createToken(
      CreateTokenRequest request, StreamObserver<CreateTokenResponse> observer) {
    Caller caller = Callers.current();
    answer(observer, () -> create(caller, request));
  }

  @Override
  public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    Caller caller = Callers.current();
    answer(observer, () -> list(caller, request));
  }

  @Override
  public void revokeToken(
      RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
    Caller caller = Callers.current();
    answer(observer, () -> revoke(caller, request));
  }

  @Override
  public void awaitTokenEverywhere(
      AwaitTokenEverywhereRequest request, StreamObserver<AwaitTokenEverywhereResponse> observer) {
    Caller caller = Callers.current();
    long begin = System.nanoTime();
    answer(observer, () -> awaitEverywhere(caller, request, begin));
  }

  private CreateTokenResponse create(Caller caller, CreateTokenRequest request) {
    NewToken token = TokenMessages.newToken(request);
    refuseIf(tokens.refusalToGive(caller, token, request.hasActor()));
    if (actsForSomebody(caller, request.hasActor())) {
      OrganizationId organization = soleOrganization(token.binding());
      requireActor(request.hasActor());
      refuseIf(tokens.refusalToReach(caller, organization));
      requireAdmin(organization, request.getActor());
    }
    refuseIf(tokens.refusalToBind(token.binding()));
    TokenText text = TokenText.draw(random);
    return CreateTokenResponse.newBuilder()
        .setToken(TokenMessages.message(tokens.create(text, token)))
        .setSecret(text.reveal())
        .build();
  }

  private ListTokensResponse list(Caller caller, ListTokensRequest request) {
    OrganizationId named =
        request.getOrganizationId().isEmpty()
            ? null
            : TokenMessages.organization(request.getOrganizationId());
    List<TokenFacts> found =
        actsForSomebody(caller, request.hasActor())
            ? listFor(caller, named, request)
            : tokens.list(named);
    return ListTokensResponse.newBuilder()
        .addAllTokens(found.stream().map(TokenMessages::message).toList())
        .build();
  }

  private List<TokenFacts> listFor(
      Caller caller, @Nullable OrganizationId named, ListTokensRequest request) {
    requireActor(request.hasActor());
    OrganizationId organization = named == null ? ownOrganization(caller) : named;
    refuseIf(tokens.refusalToAct(caller));
    refuseIf(tokens.refusalToReach(caller, organization));
    requireAdmin(organization, request.getActor());
    return tokens.list(organization);
  }

  private RevokeTokenResponse revoke(Caller caller, RevokeTokenRequest request) {
    String id = TokenMessages.tokenId(request.getTokenId());
    requireAdministrator(caller, id, request.hasActor(), request.getActor());
    TokenFacts revoked = tokens.revoke(id);
    if (revoked == null) {
      throw Statuses.exception(TokenAdministration.NOT_FOUND);
    }
    return RevokeTokenResponse.newBuilder().setToken(TokenMessages.message(revoked)).build();
  }

  private AwaitTokenEverywhereResponse awaitEverywhere(
      Caller caller, AwaitTokenEverywhereRequest request, long begin) {
    long until = EverywhereCalls.until(begin, request.getLongestWaitMicros());
    String id = TokenMessages.tokenId(request.getTokenId());
    requireAdministrator(caller, id, request.hasActor(), request.getActor());
    TokenFacts token = tokens.find(id);
    if (token == null || token.revokedAt() == null) {
      throw Statuses.exception(
          token == null ? TokenAdministration.NOT_FOUND : TokenAdministration.NOT_REVOKED);
    }
    try {
      return AwaitTokenEverywhereResponse.newBuilder()
          .setKnown(EverywhereCalls.message(everywhere.await(token, until), begin))
          .build();
    } catch (NotAnswerable | InterruptedException e) {
      throw Calls.status(e);
    }
  }

  /** A token out of the caller's reach is as good as not there. */
  private void requireAdministrator(Caller caller, String token, boolean namesActor, Actor actor) {
    if (!actsForSomebody(caller, namesActor)) {
      return;
    }
    requireActor(namesActor);
    refuseIf(tokens.refusalToAct(caller));
    if (caller.binding() instanceof Binding.OneOrganization(OrganizationId own)) {
      requireAdmin(own, actor);
    }
    OrganizationId organization = tokens.organizationOf(token);
    if (organization == null || tokens.refusalToReach(caller, organization) != null) {
      throw Statuses.exception(TokenAdministration.NOT_FOUND);
    }
    requireAdmin(organization, actor);
  }

  private static boolean actsForSomebody(Caller caller, boolean namesActor) {
    return namesActor || !caller.isOperator();
  }

  private static void requireActor(boolean named) {
    if (!named) {
      throw TokenMessages.malformed(
          Reason.MALFORMED_REQUEST,
          "No actor is named: name the ADMIN who does this; only operators leave it out.");
    }
  }

  private void requireAdmin(OrganizationId organization, Actor actor) {
    refuseIf(actors.requireAdmin(organization, actor).toCompletableFuture().join());
  }

  private static OrganizationId soleOrganization(Binding binding) {
    if (binding instanceof Binding.OneOrganization(OrganizationId organization)) {
      return organization;
    }
    throw Statuses.exception(TokenAdministration.WIDER_THAN_AN_ORGANIZATION);
  }

  private static OrganizationId ownOrganization(Caller caller) {
    if (caller.binding() instanceof Binding.OneOrganization(OrganizationId own)) {
      return own;
    }
    throw TokenMessages.malformed(
        Reason.MALFORMED_REQUEST,
        "organization_id is empty, and this caller's token is not bound to one: name one.");
  }

  private static void refuseIf(@Nullable Refusal refusal) {
    if (refusal != null) {
      throw Statuses.exception(refusal);
    }
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    Thread.ofVirtual()
        .name("token-rpc")
        .start(
            Context.current()
                .wrap(() -> {
                  T answer;
                  try {
                    answer = work.get();
                  } catch (RuntimeException e) {
                    observer.onError(status(e));
                    return;
                  }
                  observer.onNext(answer);
                  observer.onCompleted();
                }));
  }

  private static StatusRuntimeException status(RuntimeException thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case StatusRuntimeException status -> status;
      case StoreUnavailable _ -> Statuses.exception(TokenAdministration.UNAVAILABLE);
      default -> {
        LOG.error("a call about tokens failed", cause);
        yield Status.INTERNAL
            .withDescription("The server failed; its log says how.")
            .asRuntimeException();
      }
    };
  }
}
