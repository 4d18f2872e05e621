package dev.sightline.client;

/**
 * Where a user's account stands: INVITED, then ACTIVE and DISABLED back and forth, then DELETED.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 */
public enum UserStatus {
  /** Invited, has not accepted yet. Entries may be set; they count once the user is ACTIVE. */
  INVITED,
  /** Has an account that works. */
  ACTIVE,
  /** Keeps what is theirs, but has no level on anything. */
  DISABLED,
  /** Gone for good. The id is never used again. */
  DELETED
}
