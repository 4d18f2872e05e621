package dev.sightline.scenario;

import static java.util.stream.Collectors.joining;

import dev.sightline.scenario.Value.Fields;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a story.
 *
 * @param place where it is written
 * @param written the step as written
 * @param argument what the operation takes, checked
 * @param unsayable what is wrong with the argument, where the story expects that; else null
 * @param organization where it happens; empty for an operation that happens in none
 * @param by who acts, as written; empty for nobody
 */
record Step(
    Place place,
    Fields written,
    Operation operation,
    Value argument,
    @Nullable String unsayable,
    String organization,
    String by,
    Expectation expectation) {
  /**
   * Where a step is written.
   *
   * @param file its own file, which may be one that another names as {@code given}
   * @param number from 1
   * @param line from 1
   */
  record Place(String file, int number, int line) {}

  /** Hands over what {@code as} names what the step answers, if it does. */
  void ifNamed(Consumer<String> then) {
    if (written.values().get(Clause.AS.key()) instanceof Value.Text(var name)) {
      then.accept(name);
    }
  }

  /** The step on one line. */
  String text() {
    return written.values().entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(joining(", "));
  }
}
