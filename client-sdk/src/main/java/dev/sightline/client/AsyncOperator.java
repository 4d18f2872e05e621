package dev.sightline.client;

import dev.sightline.v1.AwaitTokenEverywhereRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.ListOrganizationsRequest;
import dev.sightline.v1.ListTokensRequest;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.TokenServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of {@link Operator}, each returning at once with a future, as in {@link
 * AsyncOrganization}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 */
public final class AsyncOperator {
  private final Acting acting;

  AsyncOperator(Acting acting) {
    this.acting = acting;
  }

  private Scope scope() {
    return acting.scope();
  }

  /** As {@link Operator#withIdempotencyKey}. */
  public AsyncOperator withIdempotencyKey(String key) {
    return new AsyncOperator(acting.withKey(key));
  }

  /** As {@link Operator#createOrganization}. */
  public CompletableFuture<Result<OrganizationFacts>> createOrganization(
      NewOrganization organization) {
    return acting.write(
        DirectoryServiceGrpc.getCreateOrganizationMethod(),
        key ->
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId(organization.id())
                .setName(organization.name())
                .setParentId(organization.parent())
                .setAdmin(Translation.newUser(organization.admin()))
                .setIdempotencyKey(key)
                .build(),
        (reply, _) -> {
          var made = TokenTranslation.organization(reply.getOrganization());
          return new Result<>(made, scope().of(made.id()).wrote(reply.getWritten()));
        });
  }

  /** As {@link Operator#organizations}. */
  public AsyncListing<OrganizationFacts> organizations() {
    return new AsyncListing<>(organizationPages());
  }

  PageSource<OrganizationFacts> organizationPages() {
    return token ->
        scope()
            .read(
                DirectoryServiceGrpc.getListOrganizationsMethod(),
                ListOrganizationsRequest.newBuilder().setPageToken(token).build(),
                reply -> {
                  var it = reply.message();
                  return new Page<>(
                      it.getOrganizationsList().stream()
                          .map(TokenTranslation::organization)
                          .toList(),
                      Position.ORIGIN,
                      it.getNextPageToken());
                });
  }

  /** As {@link Operator#createToken}. */
  public CompletableFuture<IssuedToken> createToken(NewToken token) {
    var request =
        CreateTokenRequest.newBuilder()
            .setName(token.name())
            .addAllScopesValue(TokenTranslation.numbers(token.scopes()))
            .setBinding(TokenTranslation.binding(token.reach()))
            .setExpiresInMicros(Translation.toMicros(token.expiresIn()))
            .build();
    return scope()
        .once(
            TokenServiceGrpc.getCreateTokenMethod(),
            request,
            it -> new IssuedToken(TokenTranslation.token(it.getToken()), it.getSecret()));
  }

  /** As {@link Operator#tokens}. */
  public CompletableFuture<List<Token>> tokens() {
    return scope()
        .read(
            TokenServiceGrpc.getListTokensMethod(),
            ListTokensRequest.getDefaultInstance(),
            reply ->
                reply.message().getTokensList().stream().map(TokenTranslation::token).toList());
  }

  /** As {@link Operator#revokeToken}. */
  public CompletableFuture<Token> revokeToken(String token) {
    return scope()
        .read(
            TokenServiceGrpc.getRevokeTokenMethod(),
            RevokeTokenRequest.newBuilder().setTokenId(token).build(),
            reply -> TokenTranslation.token(reply.message().getToken()));
  }

  /** As {@link Operator#awaitTokenEverywhere}. */
  public CompletableFuture<Spread> awaitTokenEverywhere(String token) {
    return scope()
        .read(
            TokenServiceGrpc.getAwaitTokenEverywhereMethod(),
            AwaitTokenEverywhereRequest.newBuilder().setTokenId(token).build(),
            reply -> Translation.spread(reply.message().getKnown()));
  }

  /** As {@link Operator#registerAgent}. */
  public CompletableFuture<SupportAgent> registerAgent(SupportAgent agent) {
    var request = RegisterAgentRequest.newBuilder().setAgent(TokenTranslation.agent(agent)).build();
    return scope()
        .once(
            SupportAccessServiceGrpc.getRegisterAgentMethod(),
            request,
            it -> TokenTranslation.agent(it.getAgent()));
  }
}
