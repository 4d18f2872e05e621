package dev.sightline.cli.command;

/** The actions, for the help. */
final class ActionNames {
  static final String DESCRIPTION =
      "view, interact, copy-link, subscribe, duplicate, edit, rename, manage-access, share, export,"
          + " delete, transfer-ownership or set-draft.";

  private ActionNames() {}
}
