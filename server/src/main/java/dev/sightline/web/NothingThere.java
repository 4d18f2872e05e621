package dev.sightline.web;

import io.grpc.Status.Code;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers where there is nothing. */
final class NothingThere extends Handler.Abstract {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Unread.leave(request, response);
    Answers.refuse(
        response,
        callback,
        Answers.status(
            Code.NOT_FOUND,
            "NO_SUCH_PATH",
            "There is nothing at this path; /openapi.json says what there is."));
    return true;
  }
}
