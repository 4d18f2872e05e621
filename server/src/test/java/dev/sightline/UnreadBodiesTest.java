package dev.sightline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cache.DatabaseClock;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is refused before all of the body is there is told so, while it is being sent. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadBodiesTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int PIECE = MEBIBYTE / 4;
  private static final int TOO_LARGE = 32 * MEBIBYTE;
  private static final int PATIENCE_MILLIS = 30_000;

  private static TestService service;
  private static Server server;
  private static String operator;

  @BeforeAll
  static void start() {
    service = TestService.start();
    server =
        Server.start(
            service
                .serving(DatabaseClock.measured(), 0)
                .withTokens()
                .withHttp(new ServerSettings.Http(0)));
    operator = Objects.requireNonNull(server.firstToken()).reveal();
  }

  @AfterAll
  static void stop() {
    server.close();
    service.close();
  }

  private record Connection(Socket socket, OutputStream out, InputStream in)
      implements AutoCloseable {
    static Connection open() throws IOException {
      var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new Connection(
          socket, socket.getOutputStream(), new BufferedInputStream(socket.getInputStream()));
    }

    void head(String path, String token, String... headers) throws IOException {
      out.write(
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
              .formatted(path, token, String.join("\r\n", headers))
              .getBytes(UTF_8));
    }

    /** More than fits between the two: it is not sent before the server takes it in. */
    void body(int bytes, boolean chunked) throws IOException {
      byte[] piece = new byte[PIECE];
      for (int sent = 0; sent < bytes; sent += PIECE) {
        if (chunked) {
          out.write((Integer.toHexString(PIECE) + "\r\n").getBytes(UTF_8));
        }
        out.write(piece);
        if (chunked) {
          out.write("\r\n".getBytes(UTF_8));
        }
      }
      if (chunked) {
        out.write("0\r\n\r\n".getBytes(UTF_8));
      }
    }

    /** The headers of an answer, whose body is read, too. */
    String answer() throws IOException {
      var headers = new ByteArrayOutputStream();
      while (!headers.toString(UTF_8).endsWith("\r\n\r\n")) {
        int read = in.read();
        assertTrue(read >= 0, () -> "no whole answer, but: " + headers.toString(UTF_8));
        headers.write(read);
      }
      String said = headers.toString(UTF_8);
      int length = Integer.parseInt(said.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
      assertEquals(length, in.readNBytes(length).length);
      return said;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/organizations, true, false, 413",
    "/v1/organizations, true, true, 413",
    "/v1/organizations, false, false, 401",
    "/nothing, false, true, 404",
    "/openapi.json, false, false, 405",
    "/l/nothing, false, false, 404"
  })
  void who_is_still_sending_is_answered_and_may_ask_again(
      String path, boolean known, boolean chunked, int status) throws Exception {
    try (var connection = Connection.open()) {
      connection.head(
          path,
          known ? operator : "",
          chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + TOO_LARGE);
      connection.body(TOO_LARGE, chunked);
      assertTrue(connection.answer().startsWith("HTTP/1.1 " + status));
      connection.head("/v1/organizations", operator, "Content-Length: 2");
      connection.out.write("{}".getBytes(UTF_8));
      assertTrue(connection.answer().startsWith("HTTP/1.1 400"));
    }
  }

  @Test
  void who_asks_before_sending_need_not_send() throws Exception {
    try (var connection = Connection.open()) {
      connection.head(
          "/v1/organizations", operator, "Expect: 100-continue", "Content-Length: " + TOO_LARGE);
      String answer = connection.answer();
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
      assertEquals(-1, connection.in.read());
    }
  }

  @Test
  void who_sends_without_end_is_cut_off() throws Exception {
    try (var connection = Connection.open()) {
      connection.head("/v1/organizations", "", "Transfer-Encoding: chunked");
      assertThrows(IOException.class, () -> connection.body(200 * MEBIBYTE, true));
    }
  }

  @Test
  void who_stops_sending_is_not_waited_for_long() throws Exception {
    try (var connection = Connection.open()) {
      connection.head("/v1/organizations", "", "Content-Length: " + TOO_LARGE);
      connection.out.write(new byte[PIECE]);
      String answer = connection.answer();
      assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }
}
