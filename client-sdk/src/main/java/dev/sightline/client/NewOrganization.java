package dev.sightline.client;

/**
 * An organization to make, with its first admin.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param id {@code [A-Za-z0-9_.@+-]{1,128}}, or empty: the service makes one
 * @param name 1 to 200 characters
 * @param parent the organization above it, or empty: the root of a new realm
 * @param admin its first admin, whatever role that says
 */
public record NewOrganization(String id, String name, String parent, NewUser admin) {
  /** The root of a new realm, with an id that the service makes. */
  public static NewOrganization of(String name, NewUser admin) {
    return new NewOrganization("", name, "", admin.withRole(Role.ADMIN));
  }

  /** With this id, which was never used before. */
  public NewOrganization withId(String id) {
    return new NewOrganization(id, name, parent, admin);
  }

  /** Under this organization. */
  public NewOrganization under(String parent) {
    return new NewOrganization(id, name, parent, admin);
  }
}
