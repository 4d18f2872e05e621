package dev.sightline.web;

import com.google.rpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a stream, a line of JSON each: {@code {"result":…}}, or {@code {"error":…}} as the
 * last one.
 *
 * <p>A line is taken from the service only when the one before has been written, and writing waits
 * for the reader. So a slow reader slows the stream, and at most one line is held here.
 *
 * <p>A reader who goes is noticed by writing. So where there is nothing to say for a while, a space
 * is written, which JSON allows before a value: readers of lines do not see it.
 */
final class StreamedAnswer {
  private static final String LINES = "application/x-ndjson";
  private static final byte[] SPACE = {' '};

  private final LocalCall call;
  private final Response response;
  private final Duration quiet;
  private boolean begun;

  /**
   * @param quiet after how long a silence a space is written
   */
  StreamedAnswer(LocalCall call, Response response, Duration quiet) {
    this.call = call;
    this.response = response;
    this.quiet = quiet;
  }

  /** Writes until either side ends. What is refused before the first line is refused as usual. */
  void send(Callback callback) throws IOException, InterruptedException {
    while (true) {
      switch (call.next(quiet)) {
        case null -> write(SPACE);
        case LocalCall.Event.Said(var message) -> {
          write(line("result", Answers.json(message)));
          call.more();
        }
        case LocalCall.Event.Ended(var status, var trailers) -> {
          end(status.isOk() ? null : Answers.status(status, trailers), callback);
          return;
        }
      }
    }
  }

  private void end(@Nullable Status refusal, Callback callback) throws IOException {
    if (refusal != null && !begun) {
      Answers.refuse(response, callback, refusal);
      return;
    }
    if (refusal != null) {
      write(line("error", Answers.json(refusal)));
    }
    begin();
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  private void write(byte[] bytes) throws IOException {
    begin();
    Content.Sink.write(response, false, ByteBuffer.wrap(bytes));
  }

  private void begin() {
    if (!begun) {
      begun = true;
      Answers.headers(response.getHeaders(), LINES);
    }
  }

  private static byte[] line(String name, String json) {
    return ("{\"" + name + "\":" + json + "}\n").getBytes(StandardCharsets.UTF_8);
  }
}
