package dev.sightline.cli.output;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;

/** Answers, for people or as JSON with the contract's field names. */
public final class Output {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();
  private static final JsonFormat.Printer JSON_LINE = JSON.omittingInsignificantWhitespace();

  private final PrintWriter out;
  private final boolean json;
  private final Style style;

  public Output(PrintWriter out, boolean json, Style style) {
    this.out = out;
    this.json = json;
    this.style = style;
  }

  /** Whether programs read this: then lines and tables are left out. */
  public boolean isJson() {
    return json;
  }

  public Style style() {
    return style;
  }

  public PrintWriter writer() {
    return out;
  }

  /** A line for people. */
  public void line(String text) {
    if (!json) {
      out.println(text);
      out.flush();
    }
  }

  /** A table for people; the sentence if it has no rows. */
  public void table(Table table, String ifEmpty) {
    if (json) {
      return;
    }
    if (table.isEmpty()) {
      line(ifEmpty);
    } else {
      table.print(out, style);
    }
  }

  /** The one document for programs. */
  public void document(MessageOrBuilder message) {
    if (json) {
      raw(printed(JSON, message));
    }
  }

  /** One of many documents for programs, on a line of its own. */
  public void item(MessageOrBuilder message) {
    if (json) {
      raw(printed(JSON_LINE, message));
    }
  }

  /** A line for programs that is JSON already. */
  public void raw(String text) {
    out.println(text);
    out.flush();
  }

  private static String printed(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer that cannot be written as JSON", e);
    }
  }
}
