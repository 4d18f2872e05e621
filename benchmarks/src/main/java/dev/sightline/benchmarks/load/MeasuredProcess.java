package dev.sightline.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * The side of a server's process that talks to whoever measures it, over standard input and output:
 * it says where it listens, then answers every line, with the CPU time that it has used or the heap
 * that it has in use, until there are no more lines. So it ends with whoever started it.
 */
final class MeasuredProcess {
  /** Asks for the CPU time of all threads until now, in nanoseconds. */
  static final String CPU = "cpu";

  /** Asks for the heap in use after a full collection, in bytes. */
  static final String HEAP = "heap";

  private MeasuredProcess() {}

  /**
   * Stays until standard input ends.
   *
   * @param secret what to present to be let in; any word if there is nothing
   */
  static void serve(int port, String secret) throws IOException {
    PrintStream out = System.out;
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println(port + " " + secret);
    out.flush();
    for (String question; (question = in.readLine()) != null; ) {
      out.println(answer(question));
      out.flush();
    }
  }

  private static long answer(String question) {
    return switch (question) {
      case CPU ->
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime();
      case HEAP -> {
        System.gc();
        yield ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      }
      default -> throw new IllegalArgumentException("cannot say: " + question);
    };
  }
}
