package dev.sightline.cli.command;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Style;
import dev.sightline.v1.Dashboard;

/** A dashboard in a line, for people. */
final class DashboardText {
  private DashboardText() {}

  static String of(Dashboard dashboard, Style style) {
    return style.bold(dashboard.getName())
        + "  "
        + dashboard.getId()
        + ", owned by "
        + dashboard.getOwnerId()
        + ", company default "
        + Names.of(dashboard.getCompanyDefault())
        + (dashboard.getDraft() ? ", " + style.notable("draft") : "")
        + (dashboard.getWorkspaceId().isEmpty() ? "" : ", in " + dashboard.getWorkspaceId());
  }
}
