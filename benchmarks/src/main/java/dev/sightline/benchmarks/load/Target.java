package dev.sightline.benchmarks.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server's process and connections to it. */
final class Target implements AutoCloseable {
  private final ServerProcess process;
  private final ManagedChannel channel;
  private final List<ManagedChannel> furtherChannels = new ArrayList<>();

  private Target(ServerProcess process) {
    this.process = process;
    this.channel = connected(process);
  }

  private static ManagedChannel connected(ServerProcess process) {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port()))
        .usePlaintext()
        .directExecutor()
        .build();
  }

  static Target start(Class<?> main, Path jvmOptions, String... arguments) throws IOException {
    return new Target(ServerProcess.start(main, jvmOptions, List.of(arguments)));
  }

  /** Whoever calls with everything that the server gave at its start. */
  Caller operator() {
    return caller(process.secret());
  }

  Caller caller(String token) {
    return new Caller(channel, token);
  }

  /** Whoever calls over a connection of their own. */
  Caller connection(String token) {
    ManagedChannel further = connected(process);
    furtherChannels.add(further);
    return new Caller(further, token);
  }

  /** The heap that the process has in use. */
  long heapBytes() throws IOException {
    return process.heapBytes();
  }

  /** One turn at full load. */
  <Q, S> Turn turn(String token, Kind<Q, S> kind, int inFlight, Duration time)
      throws IOException, InterruptedException {
    long cpuBefore = process.cpuNanos();
    long begin = System.nanoTime();
    long calls =
        kind.isStream()
            ? StreamLoop.run(caller(token), kind, inFlight, time)
            : ClosedLoop.run(caller(token), kind, inFlight, time);
    long nanos = System.nanoTime() - begin;
    return new Turn(calls, kind.checks(), nanos, process.cpuNanos() - cpuBefore);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    furtherChannels.forEach(ManagedChannel::shutdownNow);
    process.close();
  }
}
