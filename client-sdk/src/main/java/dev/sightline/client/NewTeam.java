package dev.sightline.client;

/**
 * A team to make.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="teams"}
 *
 * @param id {@code [A-Za-z0-9_.@+-]{1,128}}, or empty: the service makes one
 * @param name 1 to 200 characters
 */
public record NewTeam(String id, String name) {
  /** With an id that the service makes. */
  public static NewTeam named(String name) {
    return new NewTeam("", name);
  }

  /** With this id, which was never used before among the organization's teams. */
  public NewTeam withId(String id) {
    return new NewTeam(id, name);
  }
}
