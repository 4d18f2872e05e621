package dev.sightline.web;

import dev.sightline.auth.OwnCalls;
import dev.sightline.auth.Scope;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.ServerServiceDefinition;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one-click links are and do, asked of the service in the server's own name. */
final class LinkCalls implements AutoCloseable {
  /** As the log names who called. */
  private static final String NAME = "one-click-link";

  private static final int DEADLINE_SECONDS = 30;

  private final LocalCalls calls;
  private final AccessRequestServiceBlockingStub stub;

  private LinkCalls(ServerServiceDefinition service) {
    calls = new LocalCalls(List.of(service), new OwnCalls(NAME, Scope.MANAGE));
    stub = AccessRequestServiceGrpc.newBlockingStub(calls.channel());
  }

  /** Through the one of these services that knows links; null if none does. */
  static @Nullable LinkCalls of(Collection<ServerServiceDefinition> services) {
    return services.stream()
        .filter(service ->
            service.getServiceDescriptor().getName().equals(AccessRequestServiceGrpc.SERVICE_NAME))
        .findAny()
        .map(LinkCalls::new)
        .orElse(null);
  }

  /**
   * @throws io.grpc.StatusRuntimeException if that cannot be told now
   */
  LookAtLinkResponse look(String token) {
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .lookAtLink(LookAtLinkRequest.newBuilder().setToken(token).build());
  }

  /**
   * @throws io.grpc.StatusRuntimeException if it is not known to have been used
   */
  UseLinkResponse use(String token) {
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .useLink(UseLinkRequest.newBuilder().setToken(token).build());
  }

  @Override
  public void close() {
    calls.close();
  }
}
