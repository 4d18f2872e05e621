package dev.sightline.web;

import io.grpc.Status.Code;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where callers need no token, serves only who calls this machine by its own names. Else a page
 * whose name somebody points to this machine could have its visitors' browsers call.
 */
final class HostCheck extends Handler.Wrapper {
  HostCheck(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isLocal(Request.getServerName(request)) && isOwn(request)) {
      return super.handle(request, response, callback);
    }
    Unread.leave(request, response);
    Answers.refuse(
        response,
        callback,
        HttpStatus.MISDIRECTED_REQUEST_421,
        Answers.status(
            Code.PERMISSION_DENIED,
            "HOST_NOT_ALLOWED",
            "This server needs no tokens, so it answers only to localhost, and to no other site's page."));
    return true;
  }

  /** Whether no other site's page makes its visitor's browser change something here. */
  private static boolean isOwn(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return origin == null
        || (origin.equals("null") && isPage(request.getHttpURI().getPath()))
        || HttpMethod.GET.is(request.getMethod())
        || HttpMethod.HEAD.is(request.getMethod())
        || origin.equalsIgnoreCase(
            request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority());
  }

  /** Whoever posts from a page that tells nobody where it was does not say where it was either. */
  private static boolean isPage(@Nullable String path) {
    return path != null && (path.startsWith("/l/") || path.startsWith("/i/"));
  }

  private static boolean isLocal(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+")
        || host.equals("::1")
        || host.equals("[::1]");
  }
}
