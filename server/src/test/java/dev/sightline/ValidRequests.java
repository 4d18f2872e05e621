package dev.sightline;

import com.google.protobuf.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The requests of every-rpc.txt, by the RPC's name. */
final class ValidRequests {
  private static final Map<String, List<String>> LINES = read();

  private ValidRequests() {}

  private static Map<String, List<String>> read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ValidRequests.class.getResourceAsStream("/every-rpc.txt"), "every-rpc.txt"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> (line + " ").split(" ", 2))
          .collect(
              Collectors.groupingBy(
                  line -> line[0],
                  LinkedHashMap::new,
                  Collectors.mapping(line -> line[1].strip(), Collectors.toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of RPCs, in the order in which they are tried. */
  static List<String> rpcs() {
    return List.copyOf(LINES.keySet());
  }

  static int count(String rpc) {
    return LINES.getOrDefault(rpc, List.of()).size();
  }

  /** A request that is carried out when it is made now, by whoever may. */
  static Message of(MatrixWorld world, String rpc, int which) {
    return world.valid(rpc, LINES.get(rpc).get(which));
  }
}
