package dev.sightline.client;

/**
 * A workspace to make.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="workspaces"}
 *
 * @param id {@code [A-Za-z0-9_.@+-]{1,128}}, or empty: the service makes one
 * @param name 1 to 200 characters
 */
public record NewWorkspace(String id, String name) {
  /** With an id that the service makes. */
  public static NewWorkspace named(String name) {
    return new NewWorkspace("", name);
  }

  /** With this id, which was never used before among the organization's workspaces. */
  public NewWorkspace withId(String id) {
    return new NewWorkspace(id, name);
  }
}
