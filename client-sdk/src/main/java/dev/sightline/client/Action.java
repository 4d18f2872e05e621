package dev.sightline.client;

/**
 * What somebody may want to do with a dashboard.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="check"}
 */
public enum Action {
  /** Look at it. Needs VIEWER. */
  VIEW,
  /** Filter and drill down. Needs VIEWER. */
  INTERACT,
  /** Copy its link, which grants nothing. Needs VIEWER. */
  COPY_LINK,
  /** Have it in one's digest. Needs VIEWER; closed to support agents. */
  SUBSCRIBE,
  /** Make a copy of one's own. Needs VIEWER; closed to support agents. */
  DUPLICATE,
  /** Change its content. Needs EDITOR. */
  EDIT,
  /** Change its name. Needs EDITOR. */
  RENAME,
  /** Change who may see and edit it. Needs EDITOR; closed to support agents. */
  MANAGE_ACCESS,
  /** Share it with somebody by e-mail. Needs EDITOR; closed to support agents. */
  SHARE,
  /** Take its data out. Needs EDITOR; closed to support agents. */
  EXPORT,
  /** Delete it. Needs OWNER, or ADMIN. */
  DELETE,
  /** Hand it to somebody else. Needs OWNER, or ADMIN. */
  TRANSFER_OWNERSHIP,
  /** Make it a draft, publish it, or move it between workspaces. Needs OWNER, or ADMIN. */
  SET_DRAFT
}
