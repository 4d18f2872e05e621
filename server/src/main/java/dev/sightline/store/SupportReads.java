package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_ACTIVITY;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_WORKSPACE;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;

import dev.sightline.change.Change;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the graph leaves out of vendor support: history, reasons, activity. Each call reads what is
 * committed when it begins.
 */
public final class SupportReads {
  /** As the index has it. */
  private static final Condition OF_AGENTS =
      DSL.condition(
          "(position('\"actor\":\"support:'::bytea IN body) > 0"
              + " OR position('\"kind\":\"AGENT_ACT\"'::bytea IN body) > 0)");

  private final Connections writes;
  private final Connections reads;

  SupportReads(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /** Somebody who decided; organization null for one whose home is not known. */
  public record Decider(UserId user, @Nullable OrganizationId organization) {}

  /**
   * A grant, whatever became of it.
   *
   * @param number rises in the order in which an organization's grants were given
   * @param grantedBy null for nobody who is known
   * @param revokedAt null: it was not revoked
   * @param revokedBy null also for the vendor, who removed the agent
   * @param reason may be empty
   */
  public record GrantRow(
      long number,
      GrantId id,
      GrantFacts facts,
      @Nullable Decider grantedBy,
      @Nullable Instant revokedAt,
      @Nullable Decider revokedBy,
      String reason) {
    public boolean isActive(Instant at) {
      return revokedAt == null && facts.isActive(at);
    }
  }

  /** An agent's request that nobody has answered. */
  public record RequestRow(
      OrganizationId organization, UserId agent, SupportRequestFacts facts, String reason) {}

  /**
   * That something is granted.
   *
   * @param grants how many are active
   * @param until when the last of them ends; null: until somebody revokes it
   */
  public record Available(int grants, @Nullable Instant until) {}

  /**
   * A record of the log that is about what an agent did.
   *
   * @param actor who made the revision; null for operators and services
   */
  public record ActivityRow(
      long revision, int number, Instant at, @Nullable UserId actor, Change change) {}

  /** An organization's grants in the order in which they were given, those after a number. */
  public List<GrantRow> grants(OrganizationId organization, long after, int limit) {
    return reads.read(connection -> {
      DSLContext statements = Connections.statements(connection);
      return grants(
          statements,
          organization,
          statements
              .selectFrom(SUPPORT_GRANT)
              .where(
                  SUPPORT_GRANT.ORGANIZATION_ID.eq(organization.value()),
                  SUPPORT_GRANT.NUMBER.gt(after))
              .orderBy(SUPPORT_GRANT.NUMBER)
              .limit(limit)
              .fetch());
    });
  }

  private static List<GrantRow> grants(
      DSLContext statements, OrganizationId organization, List<Record> rows) {
    String[] ids = rows.stream().map(row -> row.get(SUPPORT_GRANT.ID)).toArray(String[]::new);
    Map<String, List<WorkspaceScope>> workspaces =
        statements
            .selectFrom(SUPPORT_GRANT_WORKSPACE)
            .where(
                SUPPORT_GRANT_WORKSPACE.ORGANIZATION_ID.eq(organization.value()),
                SUPPORT_GRANT_WORKSPACE.GRANT_ID.eq(DSL.any(ids)))
            .fetchGroups(
                SUPPORT_GRANT_WORKSPACE.GRANT_ID,
                row ->
                    new WorkspaceScope(
                        new WorkspaceId(row.get(SUPPORT_GRANT_WORKSPACE.WORKSPACE_ID)),
                        row.get(SUPPORT_GRANT_WORKSPACE.ROLE)));
    return rows.stream()
        .map(row -> grant(row, workspaces.getOrDefault(row.get(SUPPORT_GRANT.ID), List.of())))
        .toList();
  }

  private static GrantRow grant(Record row, List<WorkspaceScope> workspaces) {
    String group = row.get(SUPPORT_GRANT.HOLDER_GROUP);
    return new GrantRow(
        row.get(SUPPORT_GRANT.NUMBER),
        new GrantId(row.get(SUPPORT_GRANT.ID)),
        new GrantFacts(
            group != null
                ? new Holder.Group(group)
                : new Holder.Agent(new UserId(row.get(SUPPORT_GRANT.HOLDER_AGENT))),
            Arrays.stream(row.get(SUPPORT_GRANT.ROLES))
                .map(SupportRole::valueOf)
                .collect(Collectors.toSet()),
            workspaces,
            row.get(SUPPORT_GRANT.STARTS_AT),
            row.get(SUPPORT_GRANT.ENDS_AT)),
        decider(row.get(SUPPORT_GRANT.GRANTED_BY), row.get(SUPPORT_GRANT.GRANTED_BY_ORGANIZATION)),
        row.get(SUPPORT_GRANT.REVOKED_AT),
        decider(row.get(SUPPORT_GRANT.REVOKED_BY), row.get(SUPPORT_GRANT.REVOKED_BY_ORGANIZATION)),
        row.get(SUPPORT_GRANT.REASON));
  }

  private static @Nullable Decider decider(@Nullable String user, @Nullable String organization) {
    return user == null
        ? null
        : new Decider(
            new UserId(user), organization == null ? null : new OrganizationId(organization));
  }

  /** Agents' requests that have not ended, by organization and agent. */
  public List<RequestRow> requests(Collection<OrganizationId> organizations, Instant now) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(SUPPORT_REQUEST)
            .where(
                SUPPORT_REQUEST.ORGANIZATION_ID.eq(DSL.any(values(organizations))),
                SUPPORT_REQUEST.ENDS_AT.gt(now))
            .orderBy(SUPPORT_REQUEST.ORGANIZATION_ID, SUPPORT_REQUEST.AGENT_ID)
            .fetch(row ->
                new RequestRow(
                    new OrganizationId(row.get(SUPPORT_REQUEST.ORGANIZATION_ID)),
                    new UserId(row.get(SUPPORT_REQUEST.AGENT_ID)),
                    new SupportRequestFacts(
                        row.get(SUPPORT_REQUEST.MADE_AT), row.get(SUPPORT_REQUEST.ENDS_AT)),
                    row.get(SUPPORT_REQUEST.REASON))));
  }

  private static String[] values(Collection<OrganizationId> organizations) {
    return organizations.stream().map(OrganizationId::value).toArray(String[]::new);
  }

  /** What is granted at an instant; organizations where nothing is are left out. */
  public Map<OrganizationId, Available> available(
      Collection<OrganizationId> organizations, Instant now) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(
                SUPPORT_GRANT.ORGANIZATION_ID,
                DSL.count(),
                DSL.count(SUPPORT_GRANT.ENDS_AT),
                DSL.max(SUPPORT_GRANT.ENDS_AT))
            .from(SUPPORT_GRANT)
            .where(
                SUPPORT_GRANT.ORGANIZATION_ID.eq(DSL.any(values(organizations))),
                SUPPORT_GRANT.REVOKED_AT.isNull(),
                SUPPORT_GRANT.STARTS_AT.le(now),
                SUPPORT_GRANT.ENDS_AT.isNull().or(SUPPORT_GRANT.ENDS_AT.gt(now)))
            .groupBy(SUPPORT_GRANT.ORGANIZATION_ID)
            .fetchMap(
                row -> new OrganizationId(row.value1()),
                row ->
                    new Available(
                        row.value2(), row.value2() > row.value3() ? null : row.value4())));
  }

  /** What an organization, a realm's root, says about support access. */
  public SupportPolicy policy(OrganizationId root) {
    return reads.read(
        connection -> new AroundRows(Connections.statements(connection), root).supportPolicy());
  }

  /** What these organizations are called. */
  public Map<OrganizationId, String> names(Collection<OrganizationId> organizations) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(ORGANIZATION.ID, ORGANIZATION.NAME)
            .from(ORGANIZATION)
            .where(ORGANIZATION.ID.eq(DSL.any(values(organizations))))
            .fetchMap(row -> new OrganizationId(row.value1()), row -> row.value2()));
  }

  /** Agents by id, also removed ones; those unknown are left out. */
  public Map<UserId, AgentRows.AgentRow> agents(Collection<UserId> ids) {
    return reads.read(connection -> new AgentRows(Connections.statements(connection)).agents(ids));
  }

  /**
   * What agents did, newest first.
   *
   * @param beforeRevision only what comes before this record
   * @param beforeNumber the record's number in its revision
   */
  public List<ActivityRow> activity(
      OrganizationId organization, long beforeRevision, int beforeNumber, int limit) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, LOG_RECORD.AT, LOG_RECORD.BODY)
            .from(LOG_RECORD)
            .where(
                LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
                DSL.row(LOG_RECORD.REVISION, LOG_RECORD.NUMBER).lt(beforeRevision, beforeNumber),
                OF_AGENTS)
            .orderBy(LOG_RECORD.REVISION.desc(), LOG_RECORD.NUMBER.desc())
            .limit(limit)
            .fetch(row ->
                new ActivityRow(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    LogCodec.actor(row.value4()),
                    LogCodec.decode(row.value4()))));
  }

  /** When agents were last active in an organization. */
  public Map<UserId, Instant> lastActive(OrganizationId organization) {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(SUPPORT_AGENT_ACTIVITY.AGENT_ID, SUPPORT_AGENT_ACTIVITY.LAST_ACTIVE_AT)
            .from(SUPPORT_AGENT_ACTIVITY)
            .where(SUPPORT_AGENT_ACTIVITY.ORGANIZATION_ID.eq(organization.value()))
            .fetchMap(row -> new UserId(row.value1()), row -> row.value2()));
  }

  /** That an agent was active in an organization. */
  public record Active(OrganizationId organization, UserId agent, Instant at) {}

  /** Notes when agents were active; what is known to be later stays. */
  public void noteActive(List<Active> active) {
    writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      var inserts =
          active.stream()
              .sorted(Comparator.comparing(Active::organization).thenComparing(Active::agent))
              .map(one ->
                  statements
                      .insertInto(SUPPORT_AGENT_ACTIVITY)
                      .set(SUPPORT_AGENT_ACTIVITY.ORGANIZATION_ID, one.organization().value())
                      .set(SUPPORT_AGENT_ACTIVITY.AGENT_ID, one.agent().value())
                      .set(SUPPORT_AGENT_ACTIVITY.LAST_ACTIVE_AT, one.at())
                      .onConflict(
                          SUPPORT_AGENT_ACTIVITY.ORGANIZATION_ID, SUPPORT_AGENT_ACTIVITY.AGENT_ID)
                      .doUpdate()
                      .set(
                          SUPPORT_AGENT_ACTIVITY.LAST_ACTIVE_AT,
                          DSL.greatest(
                              SUPPORT_AGENT_ACTIVITY.LAST_ACTIVE_AT,
                              DSL.excluded(SUPPORT_AGENT_ACTIVITY.LAST_ACTIVE_AT))))
              .toList();
      return statements.batch(inserts).execute().length;
    });
  }
}
