package dev.sightline.client;

import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.AwaitTokenEverywhereRequest;
import dev.sightline.v1.AwaitTokenEverywhereResponse;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.ListTokensRequest;
import dev.sightline.v1.ListTokensResponse;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.RevokeTokenResponse;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;

/** Keeps tokens, called t0, t1, and so on. */
final class TestTokens extends TokenServiceGrpc.TokenServiceImplBase {
  private final Map<String, dev.sightline.v1.Token> tokens = new TreeMap<>();

  @Override
  public synchronized void createToken(
      CreateTokenRequest request, StreamObserver<CreateTokenResponse> observer) {
    var token =
        dev.sightline.v1.Token.newBuilder()
            .setId("t" + tokens.size())
            .setName(request.getName())
            .addAllScopes(request.getScopesList())
            .addScopesValue(99)
            .setBinding(request.getBinding())
            .setCreatedAtMicros(1_000_000)
            .setExpiresAtMicros(
                request.getExpiresInMicros() == 0 ? 0 : 1_000_000 + request.getExpiresInMicros())
            .build();
    tokens.put(token.getId(), token);
    observer.onNext(CreateTokenResponse.newBuilder().setToken(token).setSecret("s3cret").build());
    observer.onCompleted();
  }

  @Override
  public synchronized void listTokens(
      ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    observer.onNext(ListTokensResponse.newBuilder().addAllTokens(tokens.values()).build());
    observer.onCompleted();
  }

  @Override
  public synchronized void awaitTokenEverywhere(
      AwaitTokenEverywhereRequest request, StreamObserver<AwaitTokenEverywhereResponse> observer) {
    var token = tokens.get(request.getTokenId());
    boolean revoked = token != null && token.getRevokedAtMicros() > 0;
    observer.onNext(
        AwaitTokenEverywhereResponse.newBuilder()
            .setKnown(
                AwaitEverywhereResponse.newBuilder()
                    .setSpread(
                        revoked
                            ? dev.sightline.v1.Spread.SPREAD_CONFIRMED
                            : dev.sightline.v1.Spread.SPREAD_NOT_YET)
                    .setNodes(3)
                    .setWaitedMicros(1_500))
            .build());
    observer.onCompleted();
  }

  @Override
  public synchronized void revokeToken(
      RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
    var revoked =
        tokens.computeIfPresent(
            request.getTokenId(), (_, it) -> it.toBuilder().setRevokedAtMicros(2_000_000).build());
    observer.onNext(RevokeTokenResponse.newBuilder().setToken(revoked).build());
    observer.onCompleted();
  }
}
