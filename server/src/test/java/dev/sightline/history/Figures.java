package dev.sightline.history;

import dev.sightline.history.Acknowledged.Spread;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted, for each fault: figure P7. */
final class Figures {
  /** For one fault. */
  static final class Line {
    long answers;
    long calls;
    long held;
    long writes;
    long everywhere;
    long confirmed;
    long longestWait;
    final LongAdder failed = new LongAdder();
    long longestAtBegin;
    long longestAtReceipt;

    void wrote(Acknowledged write) {
      if (write.spread() == Spread.NOT_ASKED) {
        writes += write.changed() ? 1 : 0;
      } else {
        everywhere++;
        confirmed += write.spread() == Spread.CONFIRMED ? 1 : 0;
        longestWait = Math.max(longestWait, write.known() - write.begun());
      }
    }

    void honoured(long atBegin, long atReceipt) {
      longestAtBegin = Math.max(longestAtBegin, atBegin);
      longestAtReceipt = Math.max(longestAtReceipt, atReceipt);
    }
  }

  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

  /** There was no answer, or nobody was told of a write. */
  void failed(String fault, String reason) {
    of(fault).failed.increment();
    reasons.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  /** Why there were no answers, and how often. */
  String reasons() {
    return new TreeMap<>(reasons).toString();
  }

  Line of(String fault) {
    return lines.computeIfAbsent(fault, _ -> new Line());
  }

  long answers() {
    return lines.values().stream().mapToLong(line -> line.answers).sum();
  }

  /** How many of those who waited were told early that it was known everywhere; 1 if nobody did. */
  double early() {
    long waited = lines.values().stream().mapToLong(line -> line.everywhere).sum();
    long early = lines.values().stream().mapToLong(line -> line.confirmed).sum();
    return waited == 0 ? 1 : (double) early / waited;
  }

  String table(long boundMillis) {
    var table = new StringBuilder();
    table.append(
        "%-28s %12s %12s %8s %8s %10s %9s %12s %16s %16s %8s%n"
            .formatted(
                "FAULT",
                "ANSWERS",
                "NEAR",
                "FAILED",
                "WRITES",
                "EVERYWHERE",
                "CONFIRMED",
                "LONGEST WAIT",
                "HONOURED, BEGIN",
                "…, RECEIPT",
                "BOUND"));
    new TreeMap<>(lines)
        .forEach((fault, line) ->
            table.append(
                "%-28s %,12d %,12d %,8d %,8d %,10d %,9d %9.1f ms %13.1f ms %13.1f ms %5d ms%n"
                    .formatted(
                        fault,
                        line.answers,
                        line.held,
                        line.failed.sum(),
                        line.writes,
                        line.everywhere,
                        line.confirmed,
                        line.longestWait / 1e6,
                        line.longestAtBegin / 1e6,
                        line.longestAtReceipt / 1e6,
                        boundMillis)));
    return table.toString();
  }

  /** An array, a line for each fault; times in milliseconds. */
  String json(long boundMillis) {
    var json = new StringBuilder("[");
    new TreeMap<>(lines)
        .forEach((fault, line) ->
            json.append(json.length() == 1 ? "\n" : ",\n")
                .append(
                    String.format(
                        Locale.ROOT,
                        "  {\"fault\": \"%s\", \"answers\": %d, \"near\": %d, \"failed\": %d,"
                            + " \"writes\": %d, \"everywhere\": %d, \"confirmed\": %d,"
                            + " \"longestWait\": %.3f, \"honouredAtBegin\": %.3f, \"honouredAtReceipt\": %.3f,"
                            + " \"bound\": %d}",
                        fault,
                        line.answers,
                        line.held,
                        line.failed.sum(),
                        line.writes,
                        line.everywhere,
                        line.confirmed,
                        line.longestWait / 1e6,
                        line.longestAtBegin / 1e6,
                        line.longestAtReceipt / 1e6,
                        boundMillis)));
    return json.append("\n]\n").toString();
  }
}
