package dev.sightline.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.cli.audit.ExportedLine.Later;
import dev.sightline.cli.audit.ExportedLine.Revealed;
import dev.sightline.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an exported log commits to, what of it is in the file, and what a record says was erased.
 * Whatever is gone of somebody must have been erased by a later record about them, which took at
 * least as much.
 */
final class Erasures {
  private final Map<Person, Gone> open = new HashMap<>();
  private long erased;
  private long unrecorded;

  /**
   * Whose a value is.
   *
   * @param organization where the person is a user, if not in the log's own; else null
   */
  record Person(String user, @Nullable String organization) {
    @Override
    public String toString() {
      return organization == null ? user : user + " of " + organization;
    }
  }

  /** Where a record stands in the file and in the log. */
  record Place(long line, long revision, int number) {}

  /** A value that is missing, and how that shows. */
  record Missing(Place place, String how) {}

  private record Gone(Place place, String field, long values) {}

  private record Committed(Person about, String hash) {}

  /**
   * The next record.
   *
   * @param isExpected whether each value that was not erased should be there
   * @return what is found missing by it: an earlier value; or null
   * @throws Malformed if one of its values is not the one that it commits to, or not the person's
   */
  @Nullable Missing follow(JsonNode body, List<Revealed> values, Place place, boolean isExpected)
      throws Malformed {
    Map<String, Committed> left = commitments(body);
    for (Revealed value : values) {
      check(value, left.remove(value.field()));
    }
    if (isExpected) {
      left.forEach((field, committed) ->
          open.merge(
              committed.about,
              new Gone(place, field, 1),
              (first, _) -> new Gone(first.place, first.field, first.values + 1)));
    }
    return body.path("kind").asText().equals("ERASURE") ? account(body, place) : null;
  }

  private static Map<String, Committed> commitments(JsonNode body) {
    Map<String, Committed> found = new LinkedHashMap<>();
    switch (body.path("kind").asText()) {
      case "PROFILE" -> {
        Person user = new Person(body.path("user").asText(), null);
        for (String side : List.of("before", "after")) {
          body.path(side)
              .properties()
              .forEach(field ->
                  found.put(
                      side + "." + field.getKey(), new Committed(user, field.getValue().asText())));
        }
      }
      case "REASON" ->
          found.put("reason", new Committed(giver(body), body.path("reason").asText()));
      default -> {}
    }
    return found;
  }

  /** A user of where the actor is one; agents are users of nowhere. */
  private static Person giver(JsonNode body) {
    String by = body.path("by").asText();
    String home = body.path("actorOrganization").asText(null);
    boolean here = by.startsWith("support:") || body.path("organization").asText().equals(home);
    return new Person(by, here ? null : home);
  }

  private static void check(Revealed value, @Nullable Committed committed) throws Malformed {
    byte[] salt = HexFormat.of().parseHex(value.salt());
    byte[] text = value.value().getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(Sha256.of(salt, text));
    if (committed == null || !committed.hash.equals(hash)) {
      throw new Malformed(
          "the value given for " + value.field() + " is not the one that the record commits to");
    }
    if (!committed.about.user.equals(value.about())) {
      throw new Malformed(
          "the value given for %s is about %s, and not about %s as the file says"
              .formatted(value.field(), committed.about.user, value.about()));
    }
  }

  private @Nullable Missing account(JsonNode body, Place place) {
    Person person =
        new Person(body.path("user").asText(), body.path("userOrganization").asText(null));
    Gone gone = open.remove(person);
    if (gone == null) {
      return null;
    }
    erased += gone.values;
    unrecorded += body.path("afterwards").asBoolean() ? gone.values : 0;
    long took = body.path("values").asLong();
    return gone.values <= took
        ? null
        : new Missing(
            gone.place,
            "%d values about %s are missing from here on, but the erasing at revision %d took %d"
                .formatted(gone.values, person, place.revision, took));
  }

  /** Who is accounted for by records behind the file's last revision, as its last line says. */
  List<Verdict.ErasedLater> later(List<Later> later, long through) {
    List<Verdict.ErasedLater> found = new ArrayList<>();
    for (Later one : later) {
      Gone gone = one.revision() > through ? open.remove(one.person()) : null;
      if (gone != null) {
        found.add(new Verdict.ErasedLater(one.person().toString(), one.revision(), gone.values));
      }
    }
    return found;
  }

  /** The first value that is missing and was not erased, or null. */
  @Nullable Missing first() {
    return open.entrySet().stream()
        .min(Comparator.comparingLong(one -> one.getValue().place.line))
        .map(one ->
            new Missing(
                one.getValue().place,
                "the value of %s is missing, and no later record says that what is personal about %s was erased"
                    .formatted(one.getValue().field, one.getKey())))
        .orElse(null);
  }

  /** How many values are gone that a record says were erased. */
  long erased() {
    return erased;
  }

  /** How many of these were gone already when erasing began to be recorded. */
  long unrecorded() {
    return unrecorded;
  }
}
