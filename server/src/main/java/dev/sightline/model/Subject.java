package dev.sightline.model;

/** Who an entry on a dashboard or a membership of a team is for. */
public sealed interface Subject permits UserId, TeamId {
  /** The id, unique among subjects of the same kind. */
  String value();
}
