package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Brings organizations in. */
final class Imports {
  private Imports() {}

  /** Sends these messages and the end of the stream, and waits for the answer. */
  static ImportResponse send(Node node, List<ImportRequest> messages) {
    var answer = new CompletableFuture<ImportResponse>();
    StreamObserver<ImportRequest> stream =
        TransferServiceGrpc.newStub(node.channel)
            .import_(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(
                        Status.INTERNAL.withDescription("no answer").asRuntimeException());
                  }
                });
    messages.forEach(stream::onNext);
    stream.onCompleted();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StatusRuntimeException refused ? refused : e;
    }
  }
}
