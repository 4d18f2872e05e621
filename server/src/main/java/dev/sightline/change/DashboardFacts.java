package dev.sightline.change;

import dev.sightline.model.Level;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard's own facts.
 *
 * @param companyDefault NONE, VIEWER or EDITOR
 */
public record DashboardFacts(
    String name,
    UserId owner,
    Level companyDefault,
    boolean draft,
    @Nullable WorkspaceId workspace) {
  public DashboardFacts {
    if (companyDefault == Level.OWNER) {
      throw new IllegalArgumentException("a company default is NONE, VIEWER or EDITOR");
    }
    if (owner.isAgent()) {
      throw new IllegalArgumentException("an agent owns nothing: " + owner);
    }
  }

  public DashboardFacts withName(String name) {
    return new DashboardFacts(name, owner, companyDefault, draft, workspace);
  }

  public DashboardFacts withOwner(UserId owner) {
    return new DashboardFacts(name, owner, companyDefault, draft, workspace);
  }

  public DashboardFacts withCompanyDefault(Level companyDefault) {
    return new DashboardFacts(name, owner, companyDefault, draft, workspace);
  }

  public DashboardFacts withDraft(boolean draft) {
    return new DashboardFacts(name, owner, companyDefault, draft, workspace);
  }

  public DashboardFacts withWorkspace(@Nullable WorkspaceId workspace) {
    return new DashboardFacts(name, owner, companyDefault, draft, workspace);
  }
}
