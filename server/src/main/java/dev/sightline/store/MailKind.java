package dev.sightline.store;

/** What a mail is about. Names stand in rows and never change. */
public enum MailKind {
  SHARED,
  ACCESS_REQUESTED,
  APPROVED,
  DECLINED,
  INVITATION,
  SUPPORT_ACCESS_GRANTED
}
