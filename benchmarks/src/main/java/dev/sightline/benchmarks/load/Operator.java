package dev.sightline.benchmarks.load;

import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what has to be done once, as an operator would. */
final class Operator {
  private final Channel channel;

  Operator(Caller caller) {
    channel = caller.authorized();
  }

  /** Brings an organization in. */
  void bringIn(List<ImportRequest> messages) {
    var done = new CompletableFuture<ImportResponse>();
    StreamObserver<ImportRequest> records =
        TransferServiceGrpc.newStub(channel)
            .import_(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportResponse response) {
                    done.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    done.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    messages.forEach(records::onNext);
    records.onCompleted();
    done.join();
  }

  /** Makes a token with which one may ask about the portal, and no more. */
  String tokenForChecks() {
    return token(Portal.ID, Scope.SCOPE_CHECK);
  }

  /** Makes a token with which one may ask about the readership, as whoever writes digests may. */
  String tokenForDigests() {
    return token(Readership.ID, Scope.SCOPE_CHECK);
  }

  /** Makes a token with which one may ask about the portal and watch it, as an application may. */
  String tokenForWatching() {
    return token(Portal.ID, Scope.SCOPE_CHECK, Scope.SCOPE_WATCH);
  }

  private String token(String organization, Scope... scopes) {
    return TokenServiceGrpc.newBlockingStub(channel)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("benchmarks")
                .addAllScopes(List.of(scopes))
                .setBinding(TokenBinding.newBuilder().setOrganizationId(organization))
                .build())
        .getSecret();
  }
}
