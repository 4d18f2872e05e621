package dev.sightline.web;

import com.google.protobuf.Message;
import dev.sightline.auth.Authentication;
import dev.sightline.auth.CallerRefusals;
import dev.sightline.auth.Identity;
import dev.sightline.auth.LimitedRequests;
import dev.sightline.model.Refusal;
import dev.sightline.rpc.Statuses;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Makes calls of requests. Who is calling is asked before the body is read, so strangers fill no
 * memory; what callers may do, the call itself is refused for.
 */
final class JsonCalls extends Handler.Abstract {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Routes routes;
  private final LocalCalls calls;
  private final Authentication authentication;
  private final Duration quiet;

  /**
   * @param quiet after how long a silence a stream writes something, to see whether it is read
   */
  JsonCalls(Routes routes, LocalCalls calls, Authentication authentication, Duration quiet) {
    this.routes = routes;
    this.calls = calls;
    this.authentication = authentication;
    this.quiet = quiet;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    String method = request.getMethod();
    boolean head = method.equals("HEAD");
    switch (routes.find(head ? "GET" : method, path == null ? "" : path)) {
      case Routes.Found.Nothing() -> {
        return false;
      }
      case Routes.Found.OtherMethods(Set<String> methods) ->
          otherMethod(request, methods, response, callback);
      case Routes.Found.Call(Route route, Map<String, String> variables) -> {
        if (head && route.streams()) {
          otherMethod(request, Set.of("GET"), response, callback);
        } else {
          call(route, variables, request, response, callback);
        }
      }
    }
    return true;
  }

  /** OPTIONS asks which methods there are; any other is refused with the same list. */
  static void otherMethod(
      Request request, Set<String> methods, Response response, Callback callback) {
    Unread.leave(request, response);
    Set<String> allowed = new TreeSet<>(methods);
    allowed.add("OPTIONS");
    response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", allowed));
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpStatus.NO_CONTENT_204);
      callback.succeeded();
    } else {
      Answers.refuse(
          response,
          callback,
          HttpStatus.METHOD_NOT_ALLOWED_405,
          Answers.status(
              Code.UNIMPLEMENTED,
              "METHOD_NOT_ALLOWED",
              "At this path there is " + String.join(", ", allowed) + "."));
    }
  }

  private void call(
      Route route,
      Map<String, String> variables,
      Request request,
      Response response,
      Callback callback)
      throws IOException, InterruptedException {
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    InputStream sent = Content.Source.asInputStream(request);
    Message message;
    try {
      if (!route.open()
          && authentication.find(authorization) instanceof Identity.Refused(Refusal refusal)) {
        throw Statuses.exception(refusal);
      }
      byte[] body = body(request, sent);
      if (body.length > 0 && !saysJson(request)) {
        unsupported(response, callback);
        return;
      }
      message = RequestReader.read(route, variables, request.getHttpURI().getQuery(), body);
    } catch (StatusRuntimeException refused) {
      Unread.leave(request, response, sent);
      Answers.refuse(response, callback, Answers.status(refused.getStatus(), trailers(refused)));
      return;
    }
    try (LocalCall call =
        calls.start(route.rpc(), authorization, message, route.streams() ? null : DEADLINE)) {
      if (route.streams()) {
        new StreamedAnswer(call, response, quiet).send(callback);
      } else {
        answer(call, response, callback);
      }
    }
  }

  private static void answer(LocalCall call, Response response, Callback callback)
      throws InterruptedException {
    String answer = null;
    while (true) {
      switch (call.next()) {
        case LocalCall.Event.Said(Message said) -> {
          answer = Answers.json(said);
          call.more();
        }
        case LocalCall.Event.Ended(var status, var trailers) -> {
          if (answer != null && status.isOk()) {
            Answers.send(response, callback, answer);
          } else {
            Answers.refuse(response, callback, Answers.status(status, trailers));
          }
          return;
        }
      }
    }
  }

  private static Metadata trailers(StatusRuntimeException refused) {
    Metadata trailers = refused.getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  /**
   * Whether the body says that it is JSON. A page of another site cannot send one that does unless
   * it is allowed to, and it is not.
   */
  private static boolean saysJson(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(Answers.JSON);
  }

  private static void unsupported(Response response, Callback callback) {
    Answers.refuse(
        response,
        callback,
        HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
        Answers.status(
            Code.INVALID_ARGUMENT,
            "UNSUPPORTED_MEDIA_TYPE",
            "The body must be JSON: send Content-Type: application/json."));
  }

  private static byte[] body(Request request, InputStream sent) throws IOException {
    if (request.getLength() > LimitedRequests.LIMIT) {
      throw Statuses.exception(CallerRefusals.TOO_LARGE);
    }
    byte[] body = sent.readNBytes(LimitedRequests.LIMIT + 1);
    if (body.length > LimitedRequests.LIMIT) {
      throw Statuses.exception(CallerRefusals.TOO_LARGE);
    }
    return body;
  }
}
