package dev.sightline.model;

/** What somebody may want to do with a dashboard, and what it needs. */
public enum Action {
  VIEW(Need.VIEWER, true),
  INTERACT(Need.VIEWER, true),
  COPY_LINK(Need.VIEWER, true),
  SUBSCRIBE(Need.VIEWER, false),
  DUPLICATE(Need.VIEWER, false),
  EDIT(Need.EDITOR, true),
  RENAME(Need.EDITOR, true),
  MANAGE_ACCESS(Need.EDITOR, false),
  SHARE(Need.EDITOR, false),
  EXPORT(Need.EDITOR, false),
  DELETE(Need.OWNER_OR_ADMIN, false),
  TRANSFER_OWNERSHIP(Need.OWNER_OR_ADMIN, false),
  SET_DRAFT(Need.OWNER_OR_ADMIN, false);

  /** What an action takes at the least. */
  private enum Need {
    VIEWER,
    EDITOR,
    OWNER_OR_ADMIN
  }

  private final Need need;
  private final boolean openToAgents;

  Action(Need need, boolean openToAgents) {
    this.need = need;
    this.openToAgents = openToAgents;
  }

  /** Whether somebody with this level, held for this reason, may do it. */
  public boolean allowedBy(Level level, Because because) {
    if (because == Because.SUPPORT_GRANT && !openToAgents) {
      return false;
    }
    return switch (need) {
      case VIEWER -> level.atLeast(Level.VIEWER);
      case EDITOR -> level.atLeast(Level.EDITOR);
      case OWNER_OR_ADMIN -> level == Level.OWNER || because == Because.ADMIN;
    };
  }
}
