package dev.sightline.web;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.sightline.model.Refusal;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Messages and refusals as JSON, and as answers. */
final class Answers {
  static final String JSON = "application/json";

  private static final String DOMAIN = "sightline.dev";
  private static final int CONTENT_TOO_LARGE = 413;

  /**
   * Says false, 0 and empty, too: whoever reads an answer should not have to know what is left out.
   */
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private static final JsonFormat.Printer ERRORS =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(TypeRegistry.newBuilder().add(ErrorInfo.getDescriptor()).build());

  private Answers() {}

  static String json(Message message) {
    return printed(PRINTER, message);
  }

  static String json(Status status) {
    return printed(ERRORS, status);
  }

  private static String printed(JsonFormat.Printer printer, Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of ours does not print", e);
    }
  }

  /** How a call ended, with its details. */
  static Status status(io.grpc.Status status, Metadata trailers) {
    return StatusProto.fromStatusAndTrailers(status, trailers);
  }

  /** A refusal that only HTTP knows, which is no less readable by programs. */
  static Status status(Code code, String reason, String message) {
    return Status.newBuilder()
        .setCode(code.value())
        .setMessage(message)
        .addDetails(Any.pack(ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason).build()))
        .build();
  }

  /** Answers with a message. */
  static void send(Response response, Callback callback, String json) {
    send(response, callback, 200, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a refusal, under the HTTP status that belongs to it. */
  static void refuse(Response response, Callback callback, Status status) {
    Code code = io.grpc.Status.fromCodeValue(status.getCode()).getCode();
    refuse(
        response,
        callback,
        isFor(status, Refusal.Reason.MESSAGE_TOO_LARGE) ? CONTENT_TOO_LARGE : HttpStatuses.of(code),
        status);
  }

  static void refuse(Response response, Callback callback, int http, Status status) {
    if (status.getCode() == Code.UNAUTHENTICATED.value()) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    send(response, callback, http, JSON, json(status).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether something was refused for this reason. */
  static boolean isFor(@Nullable Status status, Refusal.Reason reason) {
    return status != null
        && status.getDetailsList().stream()
            .filter(detail -> detail.is(ErrorInfo.class))
            .anyMatch(detail -> {
              try {
                return detail.unpack(ErrorInfo.class).getReason().equals(reason.name());
              } catch (InvalidProtocolBufferException e) {
                return false;
              }
            });
  }

  static void send(Response response, Callback callback, int http, String type, byte[] body) {
    response.setStatus(http);
    headers(response.getHeaders(), type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Answers with a page of ours: nothing comes into it, and it tells nobody where it was. */
  static void sendPage(Response response, Callback callback, int http, String html) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", Html.POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Robots-Tag", "noindex, nofollow");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    send(response, callback, http, "text/html;charset=utf-8", body);
  }

  /** Answers tell who may see what: nobody keeps them, and nobody takes them for something else. */
  static void headers(HttpFields.Mutable headers, String type) {
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
  }
}
