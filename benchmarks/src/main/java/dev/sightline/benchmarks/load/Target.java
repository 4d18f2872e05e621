package dev.sightline.benchmarks.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** A server's process and a connection to it. */
final class Target implements AutoCloseable {
  private final ServerProcess process;
  private final ManagedChannel channel;

  private Target(ServerProcess process) {
    this.process = process;
    this.channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port()))
            .usePlaintext()
            .directExecutor()
            .build();
  }

  static Target start(Class<?> main, Path jvmOptions) throws IOException {
    return new Target(ServerProcess.start(main, jvmOptions));
  }

  /** Whoever calls with everything that the server gave at its start. */
  Caller operator() {
    return caller(process.secret());
  }

  Caller caller(String token) {
    return new Caller(channel, token);
  }

  /** One turn at full load. */
  <Q, S> Turn turn(String token, Kind<Q, S> kind, int inFlight, Duration time)
      throws IOException, InterruptedException {
    long cpuBefore = process.cpuNanos();
    long begin = System.nanoTime();
    long calls = ClosedLoop.run(caller(token), kind, inFlight, time);
    long nanos = System.nanoTime() - begin;
    return new Turn(calls, kind.checks(), nanos, process.cpuNanos() - cpuBefore);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.close();
  }
}
