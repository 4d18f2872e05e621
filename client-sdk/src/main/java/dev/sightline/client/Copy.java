package dev.sightline.client;

/**
 * A copy to make of a dashboard.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 *
 * @param original the id of the dashboard to copy
 * @param id the id of the copy, or empty: the service makes one
 * @param name the name of the copy, or empty: "Copy of" and the original's
 */
public record Copy(String original, String id, String name) {
  /** A copy with an id and a name that the service makes. */
  public static Copy of(String original) {
    return new Copy(original, "", "");
  }

  /** With this id. */
  public Copy withId(String id) {
    return new Copy(original, id, name);
  }

  /** With this name, 1 to 200 characters. */
  public Copy withName(String name) {
    return new Copy(original, id, name);
  }
}
