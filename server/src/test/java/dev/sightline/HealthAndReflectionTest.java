package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is open to everybody, a server with tokens included. */
class HealthAndReflectionTest {
  private final dev.sightline.store.ScratchDatabases.Scratch database =
      TestDatabases.shared().create();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    server = Server.start(ServerSettings.local(database.settings(), 0).withTokens());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.close();
    database.close();
  }

  @Test
  void a_node_that_serves_says_so() {
    var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
    assertEquals(ServingStatus.SERVING, health.getStatus());
  }

  @Test
  void the_contract_can_be_asked_for() throws Exception {
    var files =
        reflected(
            ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("sightline.v1.AccessService")
                .build());
    assertTrue(files.hasFileDescriptorResponse(), files::toString);
    var services = reflected(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertTrue(
        services.getListServicesResponse().getServiceList().stream()
            .anyMatch(service -> service.getName().equals("sightline.v1.TokenService")));
  }

  private ServerReflectionResponse reflected(ServerReflectionRequest request) throws Exception {
    var answer = new CompletableFuture<ServerReflectionResponse>();
    var asked =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<ServerReflectionResponse>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    asked.onNext(request);
    ServerReflectionResponse response = answer.get(30, TimeUnit.SECONDS);
    asked.onCompleted();
    return response;
  }
}
