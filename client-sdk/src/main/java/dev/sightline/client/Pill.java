package dev.sightline.client;

/**
 * A mark on a dashboard, shown to the owner, admins and ADMINISTRATOR agents only.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="list"}
 */
public enum Pill {
  /** The dashboard is a draft. */
  DRAFT,
  /** The dashboard's company default is NONE. */
  PRIVATE
}
