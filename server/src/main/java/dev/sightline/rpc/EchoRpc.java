package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.EchoServiceGrpc;
import io.grpc.stub.StreamObserver;

/** The yardstick: a call like a check's that decides nothing. */
final class EchoRpc extends EchoServiceGrpc.EchoServiceImplBase {
  private static final ByteString POSITION = ByteString.copyFrom(new byte[PositionToken.LENGTH]);

  @Override
  public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    observer.onNext(EchoResponse.newBuilder().setAllowed(true).setPosition(POSITION).build());
    observer.onCompleted();
  }
}
