package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.model.Person;
import dev.sightline.store.ChainCheck.Broken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a log commits to and what of it lies aside: a value that is gone must have been
 * erased, by a later record about whose it was. As erasing somebody takes all that is there, a
 * record about it accounts for whatever is missing before it, if that is not more than it took.
 *
 * <p>Remembers one thing for each person of whom something is missing.
 */
final class MissingValues {
  private final Map<Person, Missing> open = new HashMap<>();
  private long erased;
  private long unrecorded;

  /** What is missing of somebody: the first of it, and how much. */
  private record Missing(LogPlace place, String field, int values) {}

  /** What is wrong with a record's values, or null; what is missing is not, yet. */
  @Nullable Broken follow(LoggedChange record, JsonNode body) {
    if (body.path("kind").asText().equals("ERASURE")) {
      return account(record.place(), AroundFromJson.erasure(body));
    }
    Map<String, PersonalValue> values =
        record.personal().stream().collect(Collectors.toMap(PersonalValue::field, one -> one));
    for (Commitment commitment : Commitment.of(body)) {
      PersonalValue value = values.remove(commitment.field());
      if (value == null) {
        miss(record.place(), commitment);
      } else if (!value.commitment().equals(commitment.hash())) {
        return broken(
            record.place(),
            "the value kept for " + value.field() + " is not the one that it commits to");
      } else if (!value.about().equals(commitment.about())) {
        return broken(
            record.place(),
            "the value kept for %s is said to be about %s and not about %s"
                .formatted(value.field(), value.about(), commitment.about()));
      }
    }
    return values.isEmpty()
        ? null
        : broken(
            record.place(),
            "a value is kept for %s, to which it does not commit"
                .formatted(List.copyOf(values.keySet()).getFirst()));
  }

  private void miss(LogPlace place, Commitment commitment) {
    open.merge(
        commitment.about(),
        new Missing(place, commitment.field(), 1),
        (first, _) -> new Missing(first.place, first.field, first.values + 1));
  }

  private @Nullable Broken account(LogPlace place, PersonalDataErased erasure) {
    Missing missing = open.remove(erasure.person());
    if (missing == null) {
      return null;
    }
    erased += missing.values;
    unrecorded += erasure.afterwards() ? missing.values : 0;
    return missing.values <= erasure.values()
        ? null
        : broken(
            missing.place,
            "%d values about %s are missing from it on, but the erasing at revision %d took %d"
                .formatted(missing.values, erasure.person(), place.revision(), erasure.values()));
  }

  /** Takes somebody as accounted for; whether anything was missing. */
  boolean close(Person person) {
    return open.remove(person) != null;
  }

  boolean isOpen() {
    return !open.isEmpty();
  }

  /** The first value that is gone and was not erased, or null. */
  @Nullable Broken first() {
    return open.entrySet().stream()
        .min(Map.Entry.comparingByValue(MissingValues::inOrder))
        .map(one ->
            broken(
                one.getValue().place,
                "the value of %s is gone, and no later record says that what is personal about %s was erased"
                    .formatted(one.getValue().field, one.getKey())))
        .orElse(null);
  }

  private static int inOrder(Missing a, Missing b) {
    int byRevision = Long.compare(a.place.revision(), b.place.revision());
    return byRevision != 0 ? byRevision : Integer.compare(a.place.number(), b.place.number());
  }

  /** How many values are gone that the log says were erased. */
  long erased() {
    return erased;
  }

  /** How many of these were gone already when erasing began to be recorded. */
  long unrecorded() {
    return unrecorded;
  }

  private static Broken broken(LogPlace place, String how) {
    return new Broken(place.revision(), place.number(), how);
  }
}
