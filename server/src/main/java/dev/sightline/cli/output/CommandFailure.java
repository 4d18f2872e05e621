package dev.sightline.cli.output;

import java.util.Map;

/** A command that ends here, with a sentence for people and an exit code for scripts. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String status;
  private final String reason;
  private final transient Map<String, String> facts;

  /**
   * @param status the name of the gRPC status that it is or would be
   * @param reason as in {@code google.rpc.ErrorInfo}; empty if there is none
   * @param facts as in {@code google.rpc.ErrorInfo}
   */
  public CommandFailure(
      ExitCode exit, String status, String reason, String message, Map<String, String> facts) {
    super(message);
    this.exit = exit;
    this.status = status;
    this.reason = reason;
    this.facts = Map.copyOf(facts);
  }

  /** Something that no server was asked about, because the command line itself is wrong. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", "", message, Map.of());
  }

  /** Something that should not happen. */
  public static CommandFailure unexpected(String message) {
    return new CommandFailure(ExitCode.UNEXPECTED, "INTERNAL", "", message, Map.of());
  }

  public ExitCode exit() {
    return exit;
  }

  public String status() {
    return status;
  }

  public String reason() {
    return reason;
  }

  public Map<String, String> facts() {
    return facts;
  }

  /** The message where there is one, as it always is. */
  public String sentence() {
    String message = getMessage();
    return message == null ? status : message;
  }
}
