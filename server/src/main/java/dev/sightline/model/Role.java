package dev.sightline.model;

/** What a user is in the organization; each has exactly one. */
public enum Role {
  ANALYST,
  MANAGER,
  ADMIN
}
