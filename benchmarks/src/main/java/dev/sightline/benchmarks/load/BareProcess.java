package dev.sightline.benchmarks.load;

import com.google.protobuf.ByteString;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.EchoServiceGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server of grpc-java with nothing in it but Echo, whose answer is as large as Sightline's, and
 * messages to open streams that say nothing: what there is to reach.
 */
final class BareProcess {
  private BareProcess() {}

  public static void main(String[] arguments) throws IOException {
    var streams = new BareStreams();
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new Echo())
            .addService(streams.watching())
            .addService(streams.writing())
            .build()
            .start();
    MeasuredProcess.serve(server.getPort(), "none");
    server.shutdownNow();
  }

  private static final class Echo extends EchoServiceGrpc.EchoServiceImplBase {
    private static final ByteString POSITION = ByteString.copyFrom(new byte[29]);

    @Override
    public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
      observer.onNext(EchoResponse.newBuilder().setAllowed(true).setPosition(POSITION).build());
      observer.onCompleted();
    }
  }
}
