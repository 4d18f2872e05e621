package dev.sightline.client;

import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RegisterAgentResponse;
import dev.sightline.v1.SupportAccessServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Takes every agent. */
final class TestAgents extends SupportAccessServiceGrpc.SupportAccessServiceImplBase {
  @Override
  public void registerAgent(
      RegisterAgentRequest request, StreamObserver<RegisterAgentResponse> observer) {
    observer.onNext(RegisterAgentResponse.newBuilder().setAgent(request.getAgent()).build());
    observer.onCompleted();
  }
}
