package dev.sightline.model;

/** Where a user's account stands: INVITED → ACTIVE ⇄ DISABLED, and from each of them → DELETED. */
public enum Status {
  INVITED,
  ACTIVE,
  DISABLED,
  DELETED
}
