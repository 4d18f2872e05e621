package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.UserId;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a record of the log where it only commits to a value, and whose that is: read off the
 * record alone, so that what lies aside can be held against it.
 *
 * @param field such as {@code after.name}
 * @param hash what the record holds there, in hexadecimal digits
 */
record Commitment(String field, Person about, String hash) {
  static final String REASON = "reason";

  private static final List<String> SIDES = List.of("before", "after");
  private static final List<String> OF_PROFILE = List.of("name", "email", "title");

  /** All that a record commits to. */
  static List<Commitment> of(JsonNode body) {
    return switch (body.path("kind").asText()) {
      case "PROFILE" -> ofProfile(body, Person.here(new UserId(body.path("user").asText())));
      case "REASON" ->
          List.of(
              new Commitment(
                  REASON,
                  giver(body, new UserId(body.path("by").asText())),
                  body.path(REASON).asText()));
      default -> List.of();
    };
  }

  private static List<Commitment> ofProfile(JsonNode body, Person about) {
    List<Commitment> found = new ArrayList<>();
    for (String side : SIDES) {
      for (String name : OF_PROFILE) {
        JsonNode hash = body.path(side).path(name);
        if (hash.isTextual()) {
          found.add(new Commitment(side + "." + name, about, hash.asText()));
        }
      }
    }
    return found;
  }

  /**
   * Whoever gave a reason: a user of where the record's actor is one. Agents are users of nowhere.
   */
  static Person giver(JsonNode body, UserId by) {
    JsonNode home = body.path("actorOrganization");
    boolean here =
        !home.isTextual()
            || by.isAgent()
            || home.asText().equals(body.path("organization").asText());
    return here ? Person.here(by) : new Person(by, new OrganizationId(home.asText()));
  }

  /** A field as a JSON pointer. */
  static String pointer(String field) {
    return "/" + field.replace('.', '/');
  }
}
