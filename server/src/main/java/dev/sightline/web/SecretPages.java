package dev.sightline.web;

import com.google.rpc.Status;
import dev.sightline.model.Refusal.Reason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose addresses end with a secret token, from mails: GET and HEAD show what the button
 * would do and do nothing, since mail programs and their guards follow links; only the button's
 * POST does.
 *
 * <p>So nothing leads away from such a page or comes from elsewhere, no other page learns where
 * somebody came from, nobody keeps a copy, and nothing here writes a log.
 */
abstract class SecretPages extends Handler.Abstract {
  private static final String METHODS = "GET, HEAD, POST";
  private static final String RETRY_SECONDS = "5";

  private final String prefix;
  private final RateLimit limit;

  /**
   * @param prefix what stands before the token
   */
  SecretPages(String prefix, RateLimit limit) {
    this.prefix = prefix;
    this.limit = limit;
  }

  /** What the button would do; nothing is done. */
  abstract LinkPage shown(String token);

  /** Does it, and says what came of it. */
  abstract LinkPage pressed(String token);

  /** For a token that is none; the same as for one that does not work any more. */
  abstract LinkPage dead();

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith(prefix)) {
      return false;
    }
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    LinkPage page =
        limit.isSpent(remote)
            ? LinkPage.TOO_OFTEN
            : page(request.getMethod(), path.substring(prefix.length()));
    if (page.equals(dead())) {
      limit.spend(remote);
    }
    Unread.leave(request, response);
    send(page, response, callback);
    return true;
  }

  private LinkPage page(String method, String token) {
    try {
      return switch (method) {
        case "GET", "HEAD" -> shown(token);
        case "POST" -> pressed(token);
        default -> LinkPage.OTHER_METHOD;
      };
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        // What is no token at all looks like one that nobody has had.
        case INVALID_ARGUMENT, NOT_FOUND -> dead();
        case FAILED_PRECONDITION -> refused(StatusProto.fromThrowable(e));
        default -> LinkPage.UNAVAILABLE;
      };
    }
  }

  private LinkPage refused(@Nullable Status status) {
    if (Answers.isFor(status, Reason.INVITATION_LINK_DEAD)) {
      return dead();
    }
    return Answers.isFor(status, Reason.TOO_LARGE) ? LinkPage.FULL : LinkPage.NOT_NOW;
  }

  private static void send(LinkPage page, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    switch (page.http()) {
      case 405 -> headers.put(HttpHeader.ALLOW, METHODS);
      case 429, 503 -> headers.put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
      default -> {}
    }
    Answers.sendPage(response, callback, page.http(), page.html());
  }
}
