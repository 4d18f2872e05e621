package dev.sightline.store;

/** Where a mail stands. Names stand in rows and never change. */
public enum MailState {
  /** Still to be sent, perhaps after failures. */
  WAITING,
  /** Taken by whatever delivers it. */
  SENT,
  /** Given up until somebody tries it again. */
  DEAD
}
