package dev.sightline.client;

/**
 * One question of a batch: may this user do that with this dashboard?
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="batch"}
 *
 * @param user who wants to; an agent's id begins with {@code support:}
 * @param action what they want to do
 * @param dashboard what it is about
 */
public record Question(String user, Action action, String dashboard) {
  /** May this user view it? */
  public static Question canView(String user, String dashboard) {
    return new Question(user, Action.VIEW, dashboard);
  }

  /** May this user edit it? */
  public static Question canEdit(String user, String dashboard) {
    return new Question(user, Action.EDIT, dashboard);
  }
}
