package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Operation.question;

import dev.sightline.scenario.Told.Change;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the watch that is open from the start of the world was told since the last such question,
 * whichever of the two it was. What should not have been told is there as well: no story expects
 * it.
 */
final class WatchQuestions {
  private static final Kind LINES = new Kind.ListOf(TEXT);

  static final List<Operation> ALL =
      List.of(
          question("events", Parameters.NONE, LINES, (call, _) -> told(call, _ -> true)),
          question(
              "revocations",
              Parameters.NONE,
              LINES,
              (call, _) -> told(call, Change::isRevocation)));

  private WatchQuestions() {}

  private static Value told(Call call, Predicate<Change> wanted) {
    return Value.of(
        call.toldSinceLast().stream()
            .filter(told -> !(told instanceof Change change) || wanted.test(change))
            .map(told -> told.line(call.organization()))
            .toList());
  }
}
