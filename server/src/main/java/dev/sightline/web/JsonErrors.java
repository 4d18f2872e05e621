package dev.sightline.web;

import io.grpc.Status.Code;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the HTTP server itself refuses, or stumbles over, in the words of all other refusals. */
final class JsonErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close"); // It is closed, and should say so.
    Answers.refuse(response, callback, code, status(code));
  }

  private static com.google.rpc.Status status(int code) {
    return code >= HttpStatus.INTERNAL_SERVER_ERROR_500
        ? Faults.FAULT
        : Answers.status(
            Code.INVALID_ARGUMENT,
            "MALFORMED_REQUEST",
            "This is no HTTP request that is served: " + HttpStatus.getMessage(code) + ".");
  }
}
