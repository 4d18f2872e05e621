package dev.sightline.scenario;

import dev.sightline.scenario.Value.Fields;
import dev.sightline.scenario.Value.Items;
import dev.sightline.scenario.Value.Nothing;
import dev.sightline.scenario.Value.Text;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The arguments of a step.
 *
 * <p>INVARIANT: checked against the operation's {@link Parameters}; what those do not allow is a
 * mistake in this package, not in the scenario.
 */
record Arguments(Fields fields) {
  boolean has(String name) {
    return fields.values().containsKey(name);
  }

  /** The text of a required argument. */
  String text(String name) {
    return textOf(value(name));
  }

  /** Hands over the text, if there is one; null in the scenario counts as none. */
  void ifText(String name, Consumer<String> then) {
    if (has(name) && !(value(name) instanceof Nothing)) {
      then.accept(text(name));
    }
  }

  boolean flag(String name) {
    return has(name) && Boolean.parseBoolean(text(name));
  }

  Duration duration(String name) {
    return StoryDuration.checked(value(name));
  }

  /** A mapping within. */
  Arguments within(String name) {
    return of(value(name));
  }

  /** A list of mappings; empty if left out. */
  List<Arguments> each(String name) {
    if (!has(name)) {
      return List.of();
    }
    return switch (value(name)) {
      case Items(var values) -> values.stream().map(Arguments::of).toList();
      case Text _, Fields _, Nothing _ -> throw unchecked(name);
    };
  }

  /** A list of texts; empty if left out. */
  List<String> texts(String name) {
    if (!has(name)) {
      return List.of();
    }
    return switch (value(name)) {
      case Items(var values) -> values.stream().map(Arguments::textOf).toList();
      case Text _, Fields _, Nothing _ -> throw unchecked(name);
    };
  }

  /** The names, for mappings whose keys are ids; in the order in which they were written. */
  List<String> names() {
    return List.copyOf(fields.values().keySet());
  }

  private Value value(String name) {
    var value = fields.values().get(name);
    if (value == null) {
      throw unchecked(name);
    }
    return value;
  }

  static Arguments of(Value value) {
    return switch (value) {
      case Fields fields -> new Arguments(fields);
      case Text _, Items _, Nothing _ -> throw unchecked(value.toString());
    };
  }

  private static String textOf(Value value) {
    return switch (value) {
      case Text(var text) -> text;
      case Items _, Fields _, Nothing _ -> throw unchecked(value.toString());
    };
  }

  private static IllegalStateException unchecked(String what) {
    return new IllegalStateException("unchecked argument: " + what);
  }
}
