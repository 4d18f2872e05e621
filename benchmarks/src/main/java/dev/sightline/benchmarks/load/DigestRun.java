package dev.sightline.benchmarks.load;

import dev.sightline.v1.Digest;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.ResolveDigestsResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One call for the digests of all readers. */
final class DigestRun extends ClientCall.Listener<ResolveDigestsResponse> {
  private static final int MESSAGES_AHEAD = 4;

  private static final Kind<ResolveDigestsRequest, ResolveDigestsResponse> KIND =
      new Kind<>(
          DigestServiceGrpc.getResolveDigestsMethod(),
          List.of(ResolveDigestsRequest.newBuilder().setOrganizationId(Readership.ID).build()),
          1,
          _ -> true);

  private final ClientCall<ResolveDigestsRequest, ResolveDigestsResponse> call;
  private final Consumer<Digest> reader;
  private final CompletableFuture<Status> closed = new CompletableFuture<>();

  // Belongs to the thread that brings messages.
  private long digests;

  private DigestRun(Caller caller, Consumer<Digest> reader) {
    this.reader = reader;
    this.call = caller.open(KIND, this);
  }

  /**
   * Takes all digests.
   *
   * @return how many there were
   */
  static long run(Caller caller, Consumer<Digest> reader) {
    return new DigestRun(caller, reader).run();
  }

  private long run() {
    call.sendMessage(KIND.requests().getFirst());
    call.halfClose();
    call.request(MESSAGES_AHEAD);
    Status status = closed.join();
    if (!status.isOk()) {
      throw status.asRuntimeException();
    }
    return digests;
  }

  @Override
  public void onMessage(ResolveDigestsResponse message) {
    digests += message.getDigestsCount();
    message.getDigestsList().forEach(reader);
    call.request(1);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    closed.complete(status);
  }
}
