package dev.sightline.scenario;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stands in a scenario, and what the service answered. Scalars are the text that was written:
 * the ids {@code no} and {@code 1e3} are themselves. {@code toString} is YAML on one line.
 */
sealed interface Value {
  /** Nothing at all: YAML's and JSON's null. */
  Value NOTHING = new Nothing();

  /** A scalar, as it was written. */
  record Text(String text) implements Value {
    private static final Pattern PLAIN = Pattern.compile("[\\w.@+/](?:[\\w.@+/> -]*[\\w.@+/])?");

    @Override
    public String toString() {
      return PLAIN.matcher(text).matches() ? text : quoted();
    }

    private String quoted() {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
  }

  /** A list. */
  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(Value::toString).collect(joining(", ", "[", "]"));
    }
  }

  /** A mapping, in the order in which it was written; equal to one in another order. */
  record Fields(Map<String, Value> values) implements Value {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public String toString() {
      return values.entrySet().stream()
          .map(field -> new Text(field.getKey()) + ": " + field.getValue())
          .collect(joining(", ", "{", "}"));
    }
  }

  /** Null. */
  record Nothing() implements Value {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** A mapping of two. */
  static Value of(String key, Value value, String otherKey, Value otherValue) {
    var values = new LinkedHashMap<String, Value>();
    values.put(key, value);
    values.put(otherKey, otherValue);
    return new Fields(values);
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(boolean yes) {
    return new Text(Boolean.toString(yes));
  }

  /** A list of texts. */
  static Value of(List<String> texts) {
    return new Items(texts.stream().<Value>map(Text::new).toList());
  }
}
