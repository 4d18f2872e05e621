package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.auth.Authorization;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.rpc.Statuses;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ExportResponse;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream whose reader is slow, silent or gone, on a socket that the test reads by itself. */
@Timeout(60)
class StreamedAnswerTest {
  private static final int MESSAGES = 64;
  private static final int MESSAGE_BYTES = 1 << 20;
  private static final Duration QUIET = Duration.ofMillis(50);

  private final Exporting service = new Exporting();
  private WebServer web;

  /** Sends as much as is asked for, as long as it is asked for. */
  private static final class Exporting extends TransferServiceGrpc.TransferServiceImplBase {
    final CountDownLatch opened = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch all = new CountDownLatch(1);
    final AtomicInteger sent = new AtomicInteger();

    @Override
    public void export(ExportRequest request, StreamObserver<ExportResponse> observer) {
      var call = (ServerCallStreamObserver<ExportResponse>) observer;
      call.setOnCancelHandler(cancelled::countDown);
      switch (request.getOrganizationId()) {
        case "large" -> call.setOnReadyHandler(() -> sendWhatThereIsRoomFor(call));
        case "failing" -> {
          call.onNext(part(1));
          call.onError(Status.UNAVAILABLE.withDescription("over").asException());
        }
        default -> {}
      }
      opened.countDown();
    }

    private void sendWhatThereIsRoomFor(ServerCallStreamObserver<ExportResponse> call) {
      while (call.isReady() && sent.get() < MESSAGES) {
        call.onNext(part(MESSAGE_BYTES));
        if (sent.incrementAndGet() == MESSAGES) {
          call.onCompleted();
          all.countDown();
        }
      }
    }

    private static ExportResponse part(int bytes) {
      return ExportResponse.newBuilder().setPosition(ByteString.copyFrom(new byte[bytes])).build();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    var bound = List.of(service.bindService());
    var everybody = new LocalAuthentication(address);
    var guard =
        new Authorization(
            RpcRules.of(bound),
            everybody,
            new TestRealms(),
            new OpenStreams(everybody, Statuses::exception, Duration.ofSeconds(1)),
            Statuses::exception);
    web =
        WebServer.start(
            new WebServer.Listening(address, 0, null, true, null), bound, guard, everybody, QUIET);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private Socket asking(String organization) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(1 << 16);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
    socket
        .getOutputStream()
        .write(
            "GET /v1/organizations/%s:export HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(organization)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void a_reader_who_does_not_read_stops_the_stream() throws Exception {
    try (Socket socket = asking("large")) {
      assertTrue(service.opened.await(30, TimeUnit.SECONDS));
      // Sending all of it without regard for the reader takes no time at all.
      assertFalse(service.all.await(2, TimeUnit.SECONDS));
      assertTrue(service.sent.get() < MESSAGES / 2, () -> service.sent + " sent to nobody");
      long read = 0;
      byte[] buffer = new byte[1 << 16];
      while (service.all.getCount() > 0) {
        read += socket.getInputStream().read(buffer);
      }
      assertTrue(read > (long) MESSAGES / 2 * MESSAGE_BYTES);
    }
  }

  @Test
  void a_reader_who_goes_while_there_is_nothing_to_say_is_noticed() throws Exception {
    try (Socket socket = asking("silent")) {
      assertTrue(service.opened.await(30, TimeUnit.SECONDS));
      // The headers come although there is no line yet.
      assertEquals('H', socket.getInputStream().read());
      assertEquals(1, service.cancelled.getCount());
    }
    assertTrue(service.cancelled.await(30, TimeUnit.SECONDS));
  }

  @Test
  void a_stream_that_fails_says_so_in_a_last_line() throws Exception {
    try (Socket socket = asking("failing")) {
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      assertEquals("HTTP/1.1 200 OK", line);
      while (!line.startsWith("{\"error\"")) {
        line = reader.readLine();
      }
      assertEquals("{\"error\":{\"code\":14,\"message\":\"over\"}}", line);
    }
  }
}
