package dev.sightline.command;

import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about vendor support need beside the graph. What it says of an organization is
 * read under that organization's lock. What it says of agents holds until the decision is written
 * where it is said so: then the register waits, and not the other way round.
 */
public interface SupportFacts {
  /**
   * A support agent as registered.
   *
   * @param removed gone for good
   */
  record RegisteredAgent(UserId id, EmailAddress email, String group, boolean removed) {}

  /** An agent, also a removed one, or null; holds until the decision is written. */
  @Nullable RegisteredAgent agent(UserId agent);

  /** Who is in a group, by id; holds until the decision is written. */
  List<RegisteredAgent> members(String group);

  /** Agents by id, also removed ones, as they are at this moment. */
  Map<UserId, RegisteredAgent> agents(Collection<UserId> agents);

  /** Whether a grant's id has been used, by whatever organization. */
  boolean wasUsed(GrantId grant);

  /** Whether the organization ever had this grant. */
  boolean wasGranted(GrantId grant);

  /** What workspaces are called. */
  Map<WorkspaceId, String> names(Collection<WorkspaceId> workspaces);

  /** What the organization, a realm's root, says about support access. */
  SupportPolicy policy();

  /** An agent's request that nobody has answered, also past its end; or null. */
  @Nullable SupportRequestFacts request(UserId agent);
}
