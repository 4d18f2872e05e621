package dev.sightline.client;

/**
 * A dashboard to make: VIEWER for everybody, published, in no workspace, unless said.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 *
 * @param id {@code [A-Za-z0-9_.@+-]{1,128}}, or empty: the service makes one
 * @param name 1 to 200 characters
 * @param companyDefault NONE, VIEWER or EDITOR
 * @param draft whether it begins as a draft
 * @param workspaceId the workspace to put it in, or empty
 */
public record NewDashboard(
    String id, String name, Level companyDefault, boolean draft, String workspaceId) {
  /** A published dashboard that everybody may view, with an id that the service makes. */
  public static NewDashboard named(String name) {
    return new NewDashboard("", name, Level.VIEWER, false, "");
  }

  /** With this id, which was never used before in the organization. */
  public NewDashboard withId(String id) {
    return new NewDashboard(id, name, companyDefault, draft, workspaceId);
  }

  /** With NONE, VIEWER or EDITOR for everybody. */
  public NewDashboard withCompanyDefault(Level companyDefault) {
    return new NewDashboard(id, name, companyDefault, draft, workspaceId);
  }

  /** Seen by its owner and admins only, until it is published. */
  public NewDashboard asDraft() {
    return new NewDashboard(id, name, companyDefault, true, workspaceId);
  }

  /** In this workspace. */
  public NewDashboard inWorkspace(String workspaceId) {
    return new NewDashboard(id, name, companyDefault, draft, workspaceId);
  }
}
