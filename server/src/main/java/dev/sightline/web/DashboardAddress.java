package dev.sightline.web;

import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;

/** Where people open dashboards: another program's pages. */
@FunctionalInterface
public interface DashboardAddress {
  /** An absolute address, whether or not there is such a dashboard. */
  String of(OrganizationId organization, DashboardId dashboard);
}
