package dev.sightline.web;

import dev.sightline.auth.LimitedRequests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Bodies that nobody looks at. What is still on its way is taken in and thrown away before the
 * answer: on a connection that is closed while somebody sends, the answer may be lost with it.
 */
final class Unread {
  /** The largest body that is taken in, in bytes: as much as gRPC's messages may have. */
  private static final long MOST = LimitedRequests.HARD_LIMIT;

  /** How long it is taken in, and how long a silence is waited for. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Written by all and read by nobody, so that whoever is refused takes no memory. */
  private static final byte[] SINK = new byte[64 * 1024];

  private Unread() {}

  /** The same for a request of which nothing has been read. */
  static void leave(Request request, Response response) {
    leave(request, response, Content.Source.asInputStream(request));
  }

  /**
   * For what is answered without being read to its end. Waits for the rest, unless it is too long
   * or too slow for that, or the client does not send it before it is asked to. Then the connection
   * cannot be used again, and the answer says so.
   *
   * @param body the stream of it that has been read
   */
  static void leave(Request request, Response response, InputStream body) {
    if (request.getLength() <= MOST && !waitsToBeAsked(request)) {
      discard(body, request.getConnectionMetaData().getConnection().getEndPoint());
    }
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private static boolean waitsToBeAsked(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT)
        && Request.getContentBytesRead(request) == 0;
  }

  private static void discard(InputStream body, EndPoint client) {
    long begin = System.nanoTime();
    long patience = client.getIdleTimeout();
    client.setIdleTimeout(LONGEST.toMillis());
    try {
      int read = 0;
      for (long count = 0; read >= 0 && count <= MOST; count += read) {
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
          return;
        }
        read = body.read(SINK);
      }
    } catch (IOException e) {
      // Nobody sends any more: whether somebody still listens, the answer finds out.
    } finally {
      // A server that stops has less patience.
      if (client.getIdleTimeout() == LONGEST.toMillis()) {
        client.setIdleTimeout(patience);
      }
    }
  }
}
