package dev.sightline.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says in one line why a command ended. */
public final class FailureReport {
  private final PrintWriter err;
  private final boolean json;
  private final Style style;

  public FailureReport(PrintWriter err, boolean json, Style style) {
    this.err = err;
    this.json = json;
    this.style = style;
  }

  public void print(CommandFailure failure) {
    err.println(json ? asJson(failure) : asSentence(failure));
    err.flush();
  }

  private String asSentence(CommandFailure failure) {
    return style.bad("sightline:") + " " + failure.sentence() + style.faint(details(failure));
  }

  private static String details(CommandFailure failure) {
    if (failure.reason().isEmpty()) {
      return "";
    }
    String facts =
        new TreeMap<>(failure.facts())
            .entrySet().stream()
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining(", "));
    String named = failure.status() + ", " + failure.reason();
    return " (" + (facts.isEmpty() ? named : named + "; " + facts) + ")";
  }

  private static String asJson(CommandFailure failure) {
    var document = JsonNodeFactory.instance.objectNode();
    var error = document.putObject("error");
    error.put("status", failure.status());
    error.put("reason", failure.reason());
    error.put("message", failure.sentence());
    error.put("exit_code", failure.exit().code());
    var facts = error.putObject("facts");
    new TreeMap<>(failure.facts()).forEach(facts::put);
    return document.toString();
  }
}
