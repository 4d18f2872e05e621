package dev.sightline.client;

/**
 * Somebody to add: an ANALYST without a title, unless said.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 *
 * @param id {@code [A-Za-z0-9_.@+-]{1,128}}, or empty: the service makes one
 * @param name 1 to 200 characters
 * @param email the e-mail address
 * @param title up to 200 characters; may be empty
 * @param role the role
 */
public record NewUser(String id, String name, String email, String title, Role role) {
  /** An analyst, with an id that the service makes. */
  public static NewUser of(String name, String email) {
    return new NewUser("", name, email, "", Role.ANALYST);
  }

  /** With this id, which was never used before in the organization. */
  public NewUser withId(String id) {
    return new NewUser(id, name, email, title, role);
  }

  /** With this title. */
  public NewUser withTitle(String title) {
    return new NewUser(id, name, email, title, role);
  }

  /** With this role. */
  public NewUser withRole(Role role) {
    return new NewUser(id, name, email, title, role);
  }
}
