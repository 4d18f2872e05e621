package dev.sightline.client;

import java.util.List;

/**
 * A team with its direct members.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="teams"}
 *
 * @param id unique among the organization's teams, never used again
 * @param name 1 to 200 characters
 * @param members who is directly in it: users by id, then teams by id
 */
public record Team(String id, String name, List<Subject> members) {
  /** Copies what could change. */
  public Team {
    members = List.copyOf(members);
  }
}
