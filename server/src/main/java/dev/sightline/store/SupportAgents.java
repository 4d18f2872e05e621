package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT;

import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's register of support agents. What organizations know of an agent is written to each
 * of them as a change of its own.
 */
public final class SupportAgents {
  private final Connections writes;
  private final Connections reads;

  SupportAgents(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /** Registers an agent; false if the id has been used before, even by one since removed. */
  public boolean register(AgentRow agent) {
    return writes.write(connection ->
        Connections.statements(connection)
            .insertInto(SUPPORT_AGENT)
            .set(SUPPORT_AGENT.ID, agent.id().value())
            .set(SUPPORT_AGENT.NAME, agent.name())
            .set(SUPPORT_AGENT.EMAIL, agent.email().value())
            .set(SUPPORT_AGENT.AGENT_GROUP, agent.group())
            .set(SUPPORT_AGENT.REMOVED, agent.removed())
            .onConflictDoNothing()
            .execute())
        == 1;
  }

  /** Moves an agent to another group; false if unknown or removed. */
  public boolean move(UserId agent, String group) {
    return writes.write(connection ->
        Connections.statements(connection)
            .update(SUPPORT_AGENT)
            .set(SUPPORT_AGENT.AGENT_GROUP, group)
            .where(SUPPORT_AGENT.ID.eq(agent.value()), SUPPORT_AGENT.REMOVED.isFalse())
            .execute())
        == 1;
  }

  /** Removes an agent for good; false if unknown or removed before. */
  public boolean remove(UserId agent) {
    return writes.write(connection ->
        Connections.statements(connection)
            .update(SUPPORT_AGENT)
            .set(SUPPORT_AGENT.REMOVED, true)
            .where(SUPPORT_AGENT.ID.eq(agent.value()), SUPPORT_AGENT.REMOVED.isFalse())
            .execute())
        == 1;
  }

  /** One agent, also a removed one, or null. */
  public @Nullable AgentRow find(UserId agent) {
    return reads.read(connection -> new AgentRows(Connections.statements(connection)).agent(agent));
  }

  /** Who is in a group now, by id. */
  public List<AgentRow> inGroup(String group) {
    return reads.read(
        connection -> new AgentRows(Connections.statements(connection)).inGroup(group));
  }
}
