package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Effect;
import dev.sightline.model.Refusal;
import java.util.List;

/**
 * What becomes of a command.
 *
 * @param <R> what is told to whoever asked
 */
public sealed interface Decision<R> {

  /**
   * It is to be done.
   *
   * @param changes in the order in which they happen; none: everything is already as asked for
   * @param effects written with them; only where there are changes
   */
  record Accepted<R>(List<Change> changes, List<Effect> effects, R result) implements Decision<R> {
    public Accepted {
      changes = List.copyOf(changes);
      effects = List.copyOf(effects);
      if (changes.isEmpty() && !effects.isEmpty()) {
        throw new IllegalArgumentException("what changes nothing has no effect: " + effects);
      }
    }
  }

  /** It is not to be done, and nothing is changed. */
  record Refused<R>(Refusal refusal) implements Decision<R> {}

  static <R> Decision<R> accepted(List<? extends Change> changes, R result) {
    return new Accepted<>(List.copyOf(changes), List.of(), result);
  }

  static <R> Decision<R> accepted(
      List<? extends Change> changes, List<? extends Effect> effects, R result) {
    return new Accepted<>(List.copyOf(changes), List.copyOf(effects), result);
  }

  static <R> Decision<R> accepted(Change change, R result) {
    return new Accepted<>(List.of(change), List.of(), result);
  }

  static <R> Decision<R> unchanged(R result) {
    return new Accepted<>(List.of(), List.of(), result);
  }

  static <R> Decision<R> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }
}
