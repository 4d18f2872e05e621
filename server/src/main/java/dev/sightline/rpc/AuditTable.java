package dev.sightline.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.store.LaterErasures.Later;
import dev.sightline.store.LogSubject;
import dev.sightline.store.LoggedChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A log as comma-separated values (RFC 4180), for people. A spreadsheet takes a cell that begins
 * like a formula for one, and a dashboard may be called anything: such cells begin with an
 * apostrophe.
 */
record AuditTable(Range range) implements AuditFile {
  private static final List<String> HEADINGS =
      List.of(
          "revision",
          "number",
          "at",
          "actor",
          "actor_organization",
          "caller",
          "kind",
          "dashboard",
          "user",
          "team",
          "about",
          "before",
          "after",
          "more",
          "hash");

  /** Fields of a record that have columns, or are the same in all; what else there is, is more. */
  private static final Set<String> HAVE_COLUMNS =
      Set.of(
          "organization",
          "revision",
          "number",
          "at",
          "actor",
          "actorOrganization",
          "caller",
          "kind",
          "dashboard",
          "dashboards",
          "user",
          "team",
          "before",
          "after");

  @Override
  public byte[] begin() {
    return line(HEADINGS);
  }

  @Override
  public byte[] record(LoggedChange change) {
    JsonNode body = range.personal() ? AuditMessages.revealed(change) : change.json();
    return line(
        List.of(
            Long.toString(change.place().revision()),
            Integer.toString(change.place().number()),
            AuditMessages.text(body, "at"),
            AuditMessages.text(body, "actor"),
            AuditMessages.text(body, "actorOrganization"),
            AuditMessages.text(body, "caller"),
            AuditMessages.text(body, "kind"),
            AuditMessages.text(body, "dashboard"),
            AuditMessages.text(body, "user"),
            AuditMessages.text(body, "team"),
            LogSubject.named(body).stream()
                .map(subject -> subject.type() + " " + subject.id())
                .collect(Collectors.joining(", ")),
            flat(body.path("before")),
            flat(body.path("after")),
            more(body),
            change.hash().hex()));
  }

  @Override
  public byte[] end(long records, List<Later> later) {
    return new byte[0];
  }

  /** {@code level=VIEWER; end=…}: what is there, on one line. */
  private static String flat(JsonNode value) {
    List<String> parts = new ArrayList<>();
    flatten("", value, parts);
    return String.join("; ", parts);
  }

  private static String more(JsonNode body) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!HAVE_COLUMNS.contains(field.getKey())) {
        flatten(field.getKey(), field.getValue(), parts);
      }
    }
    return String.join("; ", parts);
  }

  private static void flatten(String path, JsonNode value, List<String> parts) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        flatten(
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), parts);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        flatten(path + "[" + i + "]", value.get(i), parts);
      }
    } else if (!value.isNull() && !value.isMissingNode()) {
      parts.add(path.isEmpty() ? value.asText() : path + "=" + value.asText());
    }
  }

  private static byte[] line(List<String> cells) {
    return cells.stream()
        .map(AuditTable::cell)
        .collect(Collectors.joining(",", "", "\r\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
