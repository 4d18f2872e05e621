package dev.sightline.web;

import dev.sightline.auth.LimitedRequests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Bodies that nobody looks at. What is still on its way is taken in and thrown away before the
 * answer: on a connection that is closed while somebody sends, the answer may be lost with it.
 */
final class Unread {
  /** The largest body that is taken in, in bytes: as much as gRPC's messages may have. */
  private static final long MOST = LimitedRequests.HARD_LIMIT;

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int AT_ONCE = 64 * 1024;

  private Unread() {}

  /**
   * For what is answered without being read. Waits for the rest of the body, unless it is too long
   * or too slow for that, or the client does not send it before it is asked to. Then the connection
   * cannot be used again, and the answer says so.
   */
  static void leave(Request request, Response response) {
    if (!isAskedForFirst(request)) {
      discard(Content.Source.asInputStream(request));
    }
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  /** Throws away what comes, to its end if that is near. */
  static void discard(InputStream body) {
    long begin = System.nanoTime();
    byte[] thrownAway = new byte[AT_ONCE];
    long count = 0;
    try {
      for (int read = 0; read >= 0 && count <= MOST; count += read) {
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
          return;
        }
        read = body.read(thrownAway);
      }
    } catch (IOException gone) {
      // Nobody sends any more: whether somebody still listens, the answer finds out.
    }
  }

  private static boolean isAskedForFirst(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT);
  }
}
