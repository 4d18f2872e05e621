package dev.sightline.rpc;

import dev.sightline.command.OrganizationCommands;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ExportResponse;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Whole organizations in and out. */
final class TransferRpc extends TransferServiceGrpc.TransferServiceImplBase {
  private final Calls calls;
  private final WriteCalls writes;
  private final Proof proof;
  private final Exports exports;

  TransferRpc(Calls calls, WriteCalls writes, Proof proof, Exports exports) {
    this.proof = proof;
    this.calls = calls;
    this.writes = writes;
    this.exports = exports;
  }

  @Override
  public StreamObserver<ImportRequest> import_(StreamObserver<ImportResponse> observer) {
    return new Importing((ServerCallStreamObserver<ImportResponse>) observer);
  }

  @Override
  public void export(ExportRequest request, StreamObserver<ExportResponse> observer) {
    Backpressure<ExportResponse> stream = Backpressure.on(observer);
    calls.run(observer, () -> exports.send(request, stream));
  }

  /**
   * One import on its way in. Messages are read one after the other on virtual threads; the next is
   * asked for when one has been read, so no more than one waits in memory.
   */
  private final class Importing implements StreamObserver<ImportRequest> {
    private final ServerCallStreamObserver<ImportResponse> observer;
    private final ImportReader reader = new ImportReader(proof.now());
    private volatile boolean refused;
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);

    Importing(ServerCallStreamObserver<ImportResponse> observer) {
      this.observer = observer;
      observer.disableAutoRequest();
      observer.request(1);
    }

    @Override
    public void onNext(ImportRequest request) {
      then(() -> {
        reader.read(request);
        observer.request(1);
      });
    }

    /** Nothing has been written, so nothing is to be undone. */
    @Override
    public void onError(Throwable cancelled) {}

    /** May come while the last message is being read. */
    @Override
    public void onCompleted() {
      then(this::bringIn);
    }

    private void then(Runnable next) {
      work =
          work.thenRunAsync(
              Context.current().wrap(() -> unlessRefused(next)), calls.virtualThreads());
    }

    private void unlessRefused(Runnable next) {
      if (refused) {
        return;
      }
      try {
        next.run();
      } catch (Throwable e) {
        refused = true;
        observer.onError(Calls.status(e));
      }
    }

    private void bringIn() {
      OrganizationId id = reader.finished();
      writes.operate(
          observer,
          ImportRequest.getDefaultInstance(),
          id,
          new OrganizationCommands.Import(reader.draft()),
          (_, written) ->
              ImportResponse.newBuilder()
                  .setWritten(WriteCalls.written(written))
                  .setCounts(DirectoryLists.counts(written.graph().counts()))
                  .build(),
          ImportResponse.parser());
    }
  }
}
