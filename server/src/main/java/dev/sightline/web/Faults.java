package dev.sightline.web;

import io.grpc.Status.Code;
import java.io.IOException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches whatever goes wrong in the handlers, so that the HTTP server need not: its log would hold
 * paths, and paths hold names and secrets.
 */
final class Faults extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  static final com.google.rpc.Status FAULT =
      com.google.rpc.Status.newBuilder()
          .setCode(Code.INTERNAL.value())
          .setMessage("A fault of the server; its log says more.")
          .build();

  Faults(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      return super.handle(request, response, callback);
    } catch (IOException gone) {
      // The client has gone, or sent no more of its body: nobody is there to be told.
      callback.failed(gone);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      callback.failed(stopping);
    } catch (Exception | LinkageError | StackOverflowError fault) {
      LOG.error("an HTTP request failed", fault);
      if (response.isCommitted()) {
        callback.failed(fault);
      } else {
        response.reset();
        Answers.refuse(response, callback, FAULT);
      }
    }
    return true;
  }
}
