package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.ORGANIZATION_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_ACTIVITY;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_JOB;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_KEY;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_REACH;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's register of support agents. What organizations know of an agent is written to each
 * of them as a change of its own; until that is done, there is a job for it.
 */
public final class SupportAgents {
  /** A clock may be behind another by less than this: a grant that ended so long ago is over. */
  private static final Duration SURELY_OVER = Duration.ofHours(1);

  private final Connections writes;
  private final Connections reads;
  private final TimeSource time;

  SupportAgents(Connections writes, Connections reads, TimeSource time) {
    this.writes = writes;
    this.reads = reads;
    this.time = time;
  }

  /**
   * An agent whose latest change has still to be written to the organizations concerned.
   *
   * @param change the agent's, as it was when the job was read
   * @param caller who asked for it
   */
  public record AgentJob(UserId agent, long change, String caller) {}

  /**
   * Carries out one transaction. As {@link OrganizationStore#write}: what the work throws rolls it
   * back, and it may be run again.
   *
   * @throws CommitOutcomeUnknown if the connection was lost during the COMMIT
   */
  public <R extends @Nullable Object> R write(
      Function<? super AgentTransaction, ? extends R> work) {
    return writes.write(
        connection -> work.apply(new AgentTransaction(Connections.statements(connection), time)));
  }

  /** One agent, also a removed one, or null. */
  public @Nullable AgentRow find(UserId agent) {
    return reads.read(connection -> new AgentRows(Connections.statements(connection)).agent(agent));
  }

  /** Agents by id; of a group, if one is named. */
  public List<AgentRow> list(@Nullable String group, boolean removedToo, Page page) {
    Condition ofGroup = group == null ? DSL.noCondition() : SUPPORT_AGENT.AGENT_GROUP.eq(group);
    Condition there = removedToo ? DSL.noCondition() : SUPPORT_AGENT.REMOVED.isFalse();
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(SUPPORT_AGENT)
            .where(ofGroup, there, SUPPORT_AGENT.ID.gt(page.begin()))
            .orderBy(SUPPORT_AGENT.ID)
            .limit(page.limit())
            .fetch(AgentRows::read));
  }

  /** The jobs that nobody has finished, oldest first. */
  public List<AgentJob> jobs() {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(SUPPORT_AGENT_JOB)
            .orderBy(SUPPORT_AGENT_JOB.MADE_AT, SUPPORT_AGENT_JOB.AGENT_ID)
            .fetch(row ->
                new AgentJob(
                    new UserId(row.get(SUPPORT_AGENT_JOB.AGENT_ID)),
                    row.get(SUPPORT_AGENT_JOB.CHANGE),
                    row.get(SUPPORT_AGENT_JOB.CALLER))));
  }

  /** An agent's job, or null if it is finished. */
  public @Nullable AgentJob job(UserId agent) {
    return reads.<@Nullable AgentJob>read(connection ->
        Connections.statements(connection)
            .selectFrom(SUPPORT_AGENT_JOB)
            .where(SUPPORT_AGENT_JOB.AGENT_ID.eq(agent.value()))
            .fetchOne(row ->
                new AgentJob(
                    agent, row.get(SUPPORT_AGENT_JOB.CHANGE), row.get(SUPPORT_AGENT_JOB.CALLER))));
  }

  /**
   * The organizations that know an agent, or that have granted something to the agent or the group
   * that may still count.
   *
   * <p>None is missed: a grant to the group holds the group's lock until it is committed, so it has
   * either seen the agent there or is seen here.
   */
  public List<OrganizationId> concerned(UserId agent, Instant now) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      AgentRow row = new AgentRows(statements).agent(agent);
      if (row == null) {
        return List.of();
      }
      String[] reached =
          statements
              .selectDistinct(SUPPORT_REACH.ORGANIZATION_ID)
              .from(SUPPORT_REACH)
              .where(SUPPORT_REACH.HOLDER.in(agent.value(), SupportReach.ofGroup(row.group())))
              .fetchArray(SUPPORT_REACH.ORGANIZATION_ID);
      return statements
          .select(SUPPORT_GRANT.ORGANIZATION_ID)
          .from(SUPPORT_GRANT)
          .where(
              SUPPORT_GRANT.ORGANIZATION_ID.eq(DSL.any(reached)),
              SUPPORT_GRANT.REVOKED_AT.isNull(),
              SUPPORT_GRANT.ENDS_AT.isNull().or(SUPPORT_GRANT.ENDS_AT.gt(now.minus(SURELY_OVER))),
              SUPPORT_GRANT
                  .HOLDER_AGENT
                  .eq(agent.value())
                  .or(SUPPORT_GRANT.HOLDER_GROUP.eq(row.group())))
          .union(
              DSL.select(ORGANIZATION_AGENT.ORGANIZATION_ID)
                  .from(ORGANIZATION_AGENT)
                  .where(
                      ORGANIZATION_AGENT.ORGANIZATION_ID.eq(DSL.any(reached)),
                      ORGANIZATION_AGENT.AGENT_ID.eq(agent.value())))
          .orderBy(1)
          .fetch(found -> new OrganizationId(found.value1()));
    });
  }

  /**
   * The organizations that have ever known an agent, or granted something to that very agent, by
   * id. Once a job is finished, whatever an organization let the agent do is written there.
   */
  public List<OrganizationId> everReached(UserId agent) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(SUPPORT_REACH.ORGANIZATION_ID)
            .from(SUPPORT_REACH)
            .where(SUPPORT_REACH.HOLDER.eq(agent.value()))
            .orderBy(SUPPORT_REACH.ORGANIZATION_ID)
            .fetch(found -> new OrganizationId(found.value1())));
  }

  /** The organizations that keep something personal of an agent, by id. */
  public List<OrganizationId> keeping(UserId agent) {
    var said =
        DSL.selectOne()
            .from(LOG_PERSONAL)
            .where(
                LOG_PERSONAL.ORGANIZATION_ID.eq(ORGANIZATION.ID),
                LOG_PERSONAL.ABOUT.eq(agent.value()),
                LOG_PERSONAL.ABOUT_ORGANIZATION.isNull());
    var asked =
        DSL.selectOne()
            .from(SUPPORT_REQUEST)
            .where(
                SUPPORT_REQUEST.ORGANIZATION_ID.eq(ORGANIZATION.ID),
                SUPPORT_REQUEST.AGENT_ID.eq(agent.value()),
                SUPPORT_REQUEST.REASON.ne(""));
    var active =
        DSL.selectOne()
            .from(SUPPORT_AGENT_ACTIVITY)
            .where(
                SUPPORT_AGENT_ACTIVITY.ORGANIZATION_ID.eq(ORGANIZATION.ID),
                SUPPORT_AGENT_ACTIVITY.AGENT_ID.eq(agent.value()));
    var writtenTo =
        DSL.select(MAIL.ORGANIZATION_ID)
            .from(MAIL)
            .where(
                MAIL.RECIPIENT_ID.eq(agent.value()),
                MAIL.ADDRESS.ne(ErasureStatements.ERASED_ADDRESS));
    return reads.read(connection ->
        Connections.statements(connection)
            .select(ORGANIZATION.ID)
            .from(ORGANIZATION)
            .where(
                DSL.exists(said)
                    .or(DSL.exists(asked))
                    .or(DSL.exists(active))
                    .or(ORGANIZATION.ID.in(writtenTo)))
            .orderBy(ORGANIZATION.ID)
            .fetch(row -> new OrganizationId(row.value1())));
  }

  /** Takes a job away, unless something newer has been done about the agent meanwhile. */
  public void finished(AgentJob job) {
    writes.write(connection ->
        Connections.statements(connection)
            .deleteFrom(SUPPORT_AGENT_JOB)
            .where(
                SUPPORT_AGENT_JOB.AGENT_ID.eq(job.agent().value()),
                SUPPORT_AGENT_JOB.CHANGE.eq(job.change()))
            .execute());
  }

  /** Forgets the answers to keys that were used before then. */
  public void forgetResponses(Instant before) {
    writes.write(connection ->
        Connections.statements(connection)
            .deleteFrom(SUPPORT_AGENT_KEY)
            .where(SUPPORT_AGENT_KEY.CREATED_AT.lt(before))
            .execute());
  }
}
