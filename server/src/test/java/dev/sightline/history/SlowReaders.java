package dev.sightline.history;

import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchedOrganization;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.random.RandomGenerator;

/** Many watch one node, and none of them reads what it is told. */
final class SlowReaders implements Fault {
  private static final int READERS = 50;

  @Override
  public String name() {
    return "slow-readers";
  }

  @Override
  public void happen(Stage stage, RandomGenerator random) throws InterruptedException {
    Cluster cluster = stage.cluster();
    int node = random.nextInt(Cluster.NODES);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(Cluster.address(node), cluster.port())
            .usePlaintext()
            .flowControlWindow(1 << 16)
            .build();
    try {
      for (int i = 0; i < READERS; i++) {
        open(channel);
      }
      stage.pass(stage.bounds(6));
    } finally {
      channel.shutdownNow();
    }
  }

  private static void open(ManagedChannel channel) {
    ClientCall<WatchRequest, WatchResponse> call =
        channel.newCall(WatchServiceGrpc.getWatchMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    var start = StartWatch.newBuilder();
    for (int i = 0; i < HistorySettings.ORGANIZATIONS; i++) {
      start.addOrganizations(
          WatchedOrganization.newBuilder().setOrganizationId(Ids.organization(i)));
    }
    call.sendMessage(WatchRequest.newBuilder().setStart(start).build());
  }
}
