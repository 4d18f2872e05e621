package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GROUP;

import dev.sightline.model.EmailAddress;
import dev.sightline.model.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The vendor's support agents, removed ones included. */
public final class AgentRows {
  static final EmailAddress ERASED = new EmailAddress(ErasureStatements.ERASED_ADDRESS);

  private final DSLContext statements;

  AgentRows(DSLContext statements) {
    this.statements = statements;
  }

  /**
   * A support agent.
   *
   * @param group the vendor's group that the agent is in
   * @param removed whether the agent is gone; the id is not used again
   */
  public record AgentRow(
      UserId id, String name, EmailAddress email, String group, boolean removed) {
    /** Whether what the agent was called is erased: then the name is empty. */
    public boolean isErased() {
      return email.equals(ERASED);
    }
  }

  /** One agent, or null. */
  public @Nullable AgentRow agent(UserId id) {
    return agents(List.of(id)).get(id);
  }

  /** Agents by id; those unknown are left out. */
  public Map<UserId, AgentRow> agents(Collection<UserId> ids) {
    String[] values = ids.stream().map(UserId::value).toArray(String[]::new);
    return statements
        .selectFrom(SUPPORT_AGENT)
        .where(SUPPORT_AGENT.ID.eq(org.jooq.impl.DSL.any(values)))
        .fetchMap(row -> new UserId(row.get(SUPPORT_AGENT.ID)), AgentRows::read);
  }

  /** Who is in a group now, by id. */
  public List<AgentRow> inGroup(String group) {
    return statements
        .selectFrom(SUPPORT_AGENT)
        .where(SUPPORT_AGENT.AGENT_GROUP.eq(group), SUPPORT_AGENT.REMOVED.isFalse())
        .orderBy(SUPPORT_AGENT.ID)
        .fetch(AgentRows::read);
  }

  /** One agent, or null, who stays as found until the transaction is over. */
  public @Nullable AgentRow held(UserId id) {
    return statements
        .selectFrom(SUPPORT_AGENT)
        .where(SUPPORT_AGENT.ID.eq(id.value()))
        .forShare()
        .fetchOne(AgentRows::read);
  }

  /** Who is in a group, by id: nobody joins or leaves until the transaction is over. */
  public List<AgentRow> heldGroup(String group) {
    AgentTransaction.insertGroup(statements, group);
    statements
        .select(SUPPORT_GROUP.NAME)
        .from(SUPPORT_GROUP)
        .where(SUPPORT_GROUP.NAME.eq(group))
        .forShare()
        .execute();
    return inGroup(group);
  }

  static AgentRow read(Record row) {
    return new AgentRow(
        new UserId(row.get(SUPPORT_AGENT.ID)),
        row.get(SUPPORT_AGENT.NAME),
        new EmailAddress(row.get(SUPPORT_AGENT.EMAIL)),
        row.get(SUPPORT_AGENT.AGENT_GROUP),
        row.get(SUPPORT_AGENT.REMOVED));
  }
}
