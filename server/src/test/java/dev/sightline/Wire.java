package dev.sightline;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.ChannelzGrpc.ChannelzBlockingStub;
import io.grpc.channelz.v1.GetServerSocketsRequest;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.channelz.v1.GetSocketRequest;
import io.grpc.channelz.v1.SocketRef;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a server of this process has counted on its youngest connection, as gRPC tells it. */
final class Wire implements AutoCloseable {
  private static final int ALL = 1_000;

  private final Server server;
  private final ManagedChannel channel;
  private final ChannelzBlockingStub channelz;
  private final long socket;

  private Wire(int port) {
    String name = InProcessServerBuilder.generateName();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(ChannelzService.newInstance(ALL))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    channelz = ChannelzGrpc.newBlockingStub(channel);
    socket = youngest(serverAt(port));
  }

  /** The youngest connection to whoever listens on this port. */
  static Wire to(int port) {
    return new Wire(port);
  }

  private long serverAt(int port) {
    return channelz.getServers(GetServersRequest.getDefaultInstance()).getServerList().stream()
        .filter(server ->
            server.getListenSocketList().stream().anyMatch(listening -> isAt(listening, port)))
        .findAny()
        .orElseThrow()
        .getRef()
        .getServerId();
  }

  private boolean isAt(SocketRef listening, int port) {
    var request = GetSocketRequest.newBuilder().setSocketId(listening.getSocketId()).build();
    return channelz.getSocket(request).getSocket().getLocal().getTcpipAddress().getPort() == port;
  }

  private long youngest(long server) {
    var request = GetServerSocketsRequest.newBuilder().setServerId(server).build();
    return channelz.getServerSockets(request).getSocketRefList().stream()
        .mapToLong(SocketRef::getSocketId)
        .max()
        .orElseThrow();
  }

  /** How many messages the server has taken in. */
  long takenIn() {
    var request = GetSocketRequest.newBuilder().setSocketId(socket).build();
    return channelz.getSocket(request).getSocket().getData().getMessagesReceived();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
