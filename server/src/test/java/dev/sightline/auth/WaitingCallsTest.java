package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.OrganizationId;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingCallsTest {
  private static final Binding ACME = new Binding.OneOrganization(new OrganizationId("acme"));

  private final TinyServices.Echo echo = new TinyServices.Echo();
  private final TinyServices.Transfer transfer = new TinyServices.Transfer();
  private final TinyServices.Streaming streaming = new TinyServices.Streaming();
  private final TestServer server = new TestServer().serve(echo, transfer, streaming);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_stream_that_waits_for_its_token_hears_everything_in_order() throws Exception {
    TokenText token = server.token(Binding.ALL, Scope.OPERATE);
    var stub = TestServer.with(token, TransferServiceGrpc.newStub(server.channel()));
    var answered = new CompletableFuture<ImportResponse>();
    StreamObserver<ImportRequest> requests = stub.import_(completing(answered));
    List<String> expected = new ArrayList<>(List.of("open " + token.id()));
    for (int records = 0; records < 200; records++) {
      var request = ImportRequest.newBuilder();
      for (int i = 0; i < records; i++) {
        request.addRecords(TransferRecord.getDefaultInstance());
      }
      requests.onNext(request.build());
      expected.add("message " + request.build().getSerializedSize());
    }
    requests.onCompleted();
    answered.get();
    expected.add("end");
    assertEquals(expected, transfer.events);
  }

  private static <T> StreamObserver<T> completing(CompletableFuture<T> answered) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T answer) {
        answered.complete(answer);
      }

      @Override
      public void onError(Throwable thrown) {
        answered.completeExceptionally(thrown);
      }

      @Override
      public void onCompleted() {}
    };
  }

  @Test
  void one_call_that_waits_does_not_hold_up_the_others_of_its_connection() throws Exception {
    CompletableFuture<?> late = server.realms.slow("late");
    server.realms.put("prompt", "root");
    TokenText token = server.token(new Binding.Realm(new OrganizationId("root")), Scope.CHECK);
    var slow = TestServer.with(token, EchoServiceGrpc.newFutureStub(server.channel()));
    Future<?> waiting = slow.echo(EchoRequest.newBuilder().setOrganizationId("late").build());
    var prompt = TestServer.with(token, EchoServiceGrpc.newBlockingStub(server.channel()));
    prompt.echo(EchoRequest.newBuilder().setOrganizationId("prompt").build());
    assertFalse(waiting.isDone());
    server.realms.slow("late").complete(new OrganizationId("root"));
    waiting.get();
    assertTrue(late.isDone());
    assertEquals(List.of("prompt", "late"), echo.heard);
  }

  @Test
  void a_call_cancelled_while_it_waits_never_reaches_the_service() throws Exception {
    server.realms.put("prompt", "root");
    TokenText token = server.token(new Binding.Realm(new OrganizationId("root")), Scope.CHECK);
    var slow =
        TestServer.with(token, EchoServiceGrpc.newBlockingStub(server.channel()))
            .withDeadlineAfter(100, TimeUnit.MILLISECONDS);
    CompletableFuture<?> late = server.realms.slow("late");
    var refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> slow.echo(EchoRequest.newBuilder().setOrganizationId("late").build()));
    assertEquals(Code.DEADLINE_EXCEEDED, refusal.getStatus().getCode());
    late.complete(null);
    TestServer.with(token, EchoServiceGrpc.newBlockingStub(server.channel()))
        .echo(EchoRequest.newBuilder().setOrganizationId("prompt").build());
    assertEquals(List.of("prompt"), echo.heard);
  }

  @Test
  void many_calls_with_a_token_that_is_not_known_yet_read_it_once() throws Exception {
    TokenText token = server.token(ACME, Scope.CHECK);
    var stub = TestServer.with(token, EchoServiceGrpc.newFutureStub(server.channel()));
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      calls.add(stub.echo(EchoRequest.newBuilder().setOrganizationId("acme").build()));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    assertTrue(server.readings.get() <= 2, () -> "read " + server.readings.get() + " times");
  }

  @Test
  void a_flood_of_garbage_leaves_those_who_are_known_alone() throws Exception {
    TokenText known = server.token(ACME, Scope.CHECK);
    var stub = EchoServiceGrpc.newBlockingStub(server.channel());
    var request = EchoRequest.newBuilder().setOrganizationId("acme").build();
    TestServer.with(known, stub).echo(request);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Code>> floods = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        TokenText garbage = TokenText.draw(new SecureRandom());
        floods.add(
            threads.submit(() ->
                assertThrows(
                        StatusRuntimeException.class,
                        () -> TestServer.with(garbage, stub).echo(request))
                    .getStatus()
                    .getCode()));
        TestServer.with(known, stub).echo(request);
      }
      for (Future<Code> flood : floods) {
        Code code = flood.get();
        assertTrue(code == Code.UNAUTHENTICATED || code == Code.RESOURCE_EXHAUSTED, code::name);
      }
    }
    assertEquals(1_001, echo.heard.size());
  }

  @Test
  void the_same_garbage_is_read_once() {
    TokenText garbage = TokenText.draw(new SecureRandom());
    var stub = TestServer.with(garbage, EchoServiceGrpc.newBlockingStub(server.channel()));
    for (int i = 0; i < 50; i++) {
      assertThrows(StatusRuntimeException.class, () -> stub.echo(EchoRequest.getDefaultInstance()));
    }
    assertEquals(1, server.readings.get());
  }

  private Iterator<StreamVisibleDashboardsResponse> stream(TokenText token) {
    var stub = TestServer.with(token, AccessServiceGrpc.newBlockingStub(server.channel()));
    return stub.streamVisibleDashboards(
        StreamVisibleDashboardsRequest.newBuilder().setOrganizationId("acme").build());
  }

  @Test
  void a_stream_ends_with_the_revocation_of_its_token() throws Exception {
    TokenText token = server.token(ACME, Scope.CHECK);
    Iterator<StreamVisibleDashboardsResponse> parts = stream(token);
    parts.next();
    server.administration.revoke(token.id());
    assertEnded(parts);
  }

  @Test
  void a_stream_ends_when_another_node_revoked_its_token_and_the_epoch_is_proved()
      throws Exception {
    TokenText token = server.token(ACME, Scope.CHECK);
    TokenText other = server.token(ACME, Scope.CHECK);
    Iterator<StreamVisibleDashboardsResponse> parts = stream(token);
    parts.next();
    server.database.tokens().revoke(other.id(), server.clock.instant());
    server.epochs.proveNow().toCompletableFuture().get();
    server.streams.recheck();
    assertEquals(1, server.streams.count());
    server.database.tokens().revoke(token.id(), server.clock.instant());
    server.epochs.proveNow().toCompletableFuture().get();
    server.streams.recheck();
    assertEnded(parts);
  }

  @Test
  void a_stream_ends_when_its_token_does() throws Exception {
    Iterator<StreamVisibleDashboardsResponse> parts =
        stream(server.token(ACME, Duration.ofMinutes(1), Scope.CHECK));
    parts.next();
    server.clock.advance(Duration.ofMinutes(1));
    server.streams.recheck();
    assertEnded(parts);
  }

  private void assertEnded(Iterator<StreamVisibleDashboardsResponse> parts) throws Exception {
    var ended = assertThrows(StatusRuntimeException.class, parts::hasNext);
    assertEquals(Code.UNAUTHENTICATED, ended.getStatus().getCode());
    streaming.cancelled.get();
    streaming.open.get().onNext(StreamVisibleDashboardsResponse.getDefaultInstance());
    assertEquals(0, server.streams.count());
  }
}
