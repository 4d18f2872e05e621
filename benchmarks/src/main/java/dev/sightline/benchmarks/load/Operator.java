package dev.sightline.benchmarks.load;

import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what has to be done once, as an operator would. */
final class Operator {
  private final Channel channel;

  Operator(Caller caller) {
    var headers = new Metadata();
    caller.authorize(headers);
    channel =
        ClientInterceptors.intercept(
            caller.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Brings the portal in. */
  void importPortal() {
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
    records.onNext(Portal.records());
    records.onCompleted();
    done.join();
  }

  /** Makes a token with which one may ask about the portal, and no more. */
  String tokenForChecks() {
    return token(Scope.SCOPE_CHECK);
  }

  /** Makes a token with which one may ask about the portal and watch it, as an application may. */
  String tokenForWatching() {
    return token(Scope.SCOPE_CHECK, Scope.SCOPE_WATCH);
  }

  private String token(Scope... scopes) {
    return TokenServiceGrpc.newBlockingStub(channel)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("benchmarks")
                .addAllScopes(List.of(scopes))
                .setBinding(TokenBinding.newBuilder().setOrganizationId(Portal.ID))
                .build())
        .getSecret();
  }
}
