package dev.sightline.web;

import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Serves what describes the API, {@code /openapi.json}, to anybody. */
final class OpenApiHandler extends Handler.Abstract {
  private static final String PATH = "/openapi.json";

  private final Document document;

  OpenApiHandler(Routes routes) {
    document = new Document(routes);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!PATH.equals(request.getHttpURI().getPath())) {
      return false;
    }
    switch (request.getMethod()) {
      case "GET", "HEAD" ->
          Answers.send(response, callback, HttpStatus.OK_200, Answers.JSON, document.bytes());
      default -> JsonCalls.otherMethod(request, Set.of("GET", "HEAD"), response, callback);
    }
    return true;
  }

  /** Made when it is first asked for. */
  private static final class Document {
    private final Routes routes;
    private byte @Nullable [] made;

    Document(Routes routes) {
      this.routes = routes;
    }

    synchronized byte[] bytes() {
      if (made == null) {
        made = OpenApi.of(routes);
      }
      return made;
    }
  }
}
