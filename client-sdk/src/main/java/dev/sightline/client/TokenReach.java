package dev.sightline.client;

/**
 * Which organizations an API token is good for.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 */
public sealed interface TokenReach {
  /**
   * One organization.
   *
   * @param id the organization's
   */
  record OfOrganization(String id) implements TokenReach {}

  /**
   * A root and all organizations under it.
   *
   * @param root the root's id
   */
  record OfRealm(String root) implements TokenReach {}

  /** All organizations. */
  record Everything() implements TokenReach {}

  /** This organization. */
  static TokenReach organization(String id) {
    return new OfOrganization(id);
  }

  /** This root and all organizations under it. */
  static TokenReach realm(String root) {
    return new OfRealm(root);
  }

  /** All organizations. */
  static TokenReach everything() {
    return new Everything();
  }
}
