package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_JOB;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_KEY;
import static dev.sightline.store.jooq.Tables.SUPPORT_GROUP;

import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What may be read and written in one transaction about support agents. An agent's row is locked
 * before groups, and groups in the order of their names, so that none waits for another in a
 * circle.
 */
public final class AgentTransaction {
  private final DSLContext statements;
  private final TimeSource time;

  AgentTransaction(DSLContext statements, TimeSource time) {
    this.statements = statements;
    this.time = time;
  }

  /** An agent, also a removed one, or null; nobody else changes the agent from now on. */
  public @Nullable AgentRow locked(UserId agent) {
    return statements
        .selectFrom(SUPPORT_AGENT)
        .where(SUPPORT_AGENT.ID.eq(agent.value()))
        .forUpdate()
        .fetchOne(AgentRows::read);
  }

  /** From now on nothing is granted to these groups, and nobody joins or leaves them. */
  public void lockGroups(Collection<String> names) {
    for (String name : new TreeSet<>(names)) {
      insertGroup(statements, name);
      statements
          .select(SUPPORT_GROUP.NAME)
          .from(SUPPORT_GROUP)
          .where(SUPPORT_GROUP.NAME.eq(name))
          .forUpdate()
          .execute();
    }
  }

  static void insertGroup(DSLContext statements, String name) {
    statements
        .insertInto(SUPPORT_GROUP)
        .set(SUPPORT_GROUP.NAME, name)
        .onConflictDoNothing()
        .execute();
  }

  /** Makes an agent known; false if the id has been used before, even by one since removed. */
  public boolean register(AgentRow agent) {
    return statements
            .insertInto(SUPPORT_AGENT)
            .set(SUPPORT_AGENT.ID, agent.id().value())
            .set(SUPPORT_AGENT.NAME, agent.name())
            .set(SUPPORT_AGENT.EMAIL, agent.email().value())
            .set(SUPPORT_AGENT.AGENT_GROUP, agent.group())
            .set(SUPPORT_AGENT.REMOVED, agent.removed())
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** Writes an agent's group and whether the agent is removed; the row is locked. */
  public void update(AgentRow agent) {
    int touched =
        statements
            .update(SUPPORT_AGENT)
            .set(SUPPORT_AGENT.AGENT_GROUP, agent.group())
            .set(SUPPORT_AGENT.REMOVED, agent.removed())
            .set(SUPPORT_AGENT.CHANGE, SUPPORT_AGENT.CHANGE.plus(1))
            .where(SUPPORT_AGENT.ID.eq(agent.id().value()))
            .execute();
    if (touched != 1) {
      throw new StoreFault("the agent is not there: " + agent.id());
    }
  }

  /** Forgets what a removed agent was called. */
  public void forget(UserId agent) {
    statements
        .update(SUPPORT_AGENT)
        .set(SUPPORT_AGENT.NAME, "")
        .set(SUPPORT_AGENT.EMAIL, AgentRows.ERASED.value())
        .where(SUPPORT_AGENT.ID.eq(agent.value()), SUPPORT_AGENT.REMOVED.isTrue())
        .execute();
  }

  /** Notes that the agent's latest change has to be written to organizations. */
  public void addJob(UserId agent, String caller) {
    Instant now = now();
    statements
        .insertInto(
            SUPPORT_AGENT_JOB,
            SUPPORT_AGENT_JOB.AGENT_ID,
            SUPPORT_AGENT_JOB.CHANGE,
            SUPPORT_AGENT_JOB.CALLER,
            SUPPORT_AGENT_JOB.MADE_AT)
        .select(
            DSL.select(
                    SUPPORT_AGENT.ID,
                    SUPPORT_AGENT.CHANGE,
                    DSL.val(caller, SUPPORT_AGENT_JOB.CALLER),
                    DSL.val(now, SUPPORT_AGENT_JOB.MADE_AT))
                .from(SUPPORT_AGENT)
                .where(SUPPORT_AGENT.ID.eq(agent.value())))
        .onConflict(SUPPORT_AGENT_JOB.AGENT_ID)
        .doUpdate()
        .set(SUPPORT_AGENT_JOB.CHANGE, DSL.excluded(SUPPORT_AGENT_JOB.CHANGE))
        .set(SUPPORT_AGENT_JOB.CALLER, DSL.excluded(SUPPORT_AGENT_JOB.CALLER))
        .execute();
  }

  /** What was answered to this caller's key before, or null. */
  public @Nullable StoredResponse response(String caller, String key) {
    return statements
        .select(SUPPORT_AGENT_KEY.REQUEST_HASH, SUPPORT_AGENT_KEY.RESPONSE)
        .from(SUPPORT_AGENT_KEY)
        .where(SUPPORT_AGENT_KEY.CALLER.eq(caller), SUPPORT_AGENT_KEY.KEY.eq(key))
        .fetchOne(row -> new StoredResponse(row.value1(), row.value2()));
  }

  /** Keeps the answer to this caller's key, to be committed with what it did. */
  public void keepResponse(String caller, String key, StoredResponse response) {
    statements
        .insertInto(SUPPORT_AGENT_KEY)
        .set(SUPPORT_AGENT_KEY.CALLER, caller)
        .set(SUPPORT_AGENT_KEY.KEY, key)
        .set(SUPPORT_AGENT_KEY.REQUEST_HASH, response.requestHash())
        .set(SUPPORT_AGENT_KEY.RESPONSE, response.response())
        .set(SUPPORT_AGENT_KEY.CREATED_AT, now())
        .execute();
  }

  private Instant now() {
    return Instants.truncated(time.now(statements.select(Heads.CLOCK).fetchSingle().value1()));
  }
}
