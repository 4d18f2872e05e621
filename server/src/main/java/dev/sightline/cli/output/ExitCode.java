package dev.sightline.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the program ends, for scripts. Numbers never change their meaning. */
public enum ExitCode {
  DONE(0, "Done; for a check: yes."),
  NO(1, "A check's answer is no; verify or import found something other than expected."),
  USAGE(2, "The command line is wrong; nothing was asked of a server."),
  REFUSED(
      3, "Refused: not found, not permitted, invalid, exists already, or the state forbids it."),
  UNAVAILABLE(4, "The server cannot be reached, or cannot answer now."),
  UNEXPECTED(5, "Something that should not happen.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** Every code with its meaning, for the help. */
  public static Map<String, String> meanings() {
    var meanings = new LinkedHashMap<String, String>();
    for (ExitCode exit : values()) {
      meanings.put(Integer.toString(exit.code), exit.meaning);
    }
    return meanings;
  }
}
