package dev.sightline.history;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** What Java cannot do itself: signals other than two, and copying folders as they are. */
final class Shell {
  private Shell() {}

  static void run(List<String> command) throws IOException {
    try {
      int code =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static void signal(Process process, String signal) throws IOException {
    run(List.of("kill", "-" + signal, Long.toString(process.pid())));
  }
}
