package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;

/** Where a server listens. */
record ServerAddress(String host, int port) {
  static final int DEFAULT_PORT = 7411;
  private static final int MAX_PORT = 65_535;

  /** {@code host}, {@code host:port}, {@code [::1]:port}. */
  static ServerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort =
        colon > text.indexOf(']') && colon == text.indexOf(':', text.indexOf(']') + 1);
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = hasPort ? port(text, text.substring(colon + 1)) : DEFAULT_PORT;
    if (host.isBlank()) {
      throw malformed(text);
    }
    return new ServerAddress(host, port);
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, in words.
    }
    throw malformed(text);
  }

  private static CommandFailure malformed(String text) {
    return CommandFailure.usage(
        "--server: '" + text + "', expected HOST:PORT like localhost:7411.");
  }

  /** Whether what is sent there does not leave this machine. */
  boolean isLoopback() {
    return isLoopback(host);
  }

  /**
   * Whether what is sent there does not leave this machine; decided without asking a name server.
   */
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
