package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.IDEMPOTENCY_KEY;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.change.Change;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Effect;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.PersonalData;
import dev.sightline.change.Revision;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What may be read and written while one organization's row is locked. What is read was committed
 * before the lock was taken, or written by this very transaction. Usable only within the call that
 * it was given to, by one thread.
 */
public final class OrganizationTransaction {
  private static final Instant NEVER = Instant.MIN;

  private final Connection connection;
  private final OrganizationId organization;
  private final TimeSource time;
  private final Instant databaseTime;
  private final PendingStatements pending = new PendingStatements();
  private final ChangeStatements rows;
  private final EffectStatements effects;
  private @Nullable Head head;
  private final boolean existed;
  private long writtenRevision;
  private Instant lastNow;

  /**
   * @param head where the organization stands, null if it does not exist
   * @param databaseTime the database's clock, read after the lock was taken
   */
  OrganizationTransaction(
      Connection connection,
      OrganizationId organization,
      @Nullable Head head,
      TimeSource time,
      Instant databaseTime) {
    this.connection = connection;
    this.organization = organization;
    this.head = head;
    this.time = time;
    this.databaseTime = databaseTime;
    this.rows = new ChangeStatements(organization, pending);
    this.effects = new EffectStatements(organization, pending);
    this.existed = head != null;
    this.writtenRevision = head == null ? 0 : head.revision();
    this.lastNow = head == null ? NEVER : head.at();
  }

  public OrganizationId organization() {
    return organization;
  }

  /** Where the organization stands, this transaction's revisions included; null if it is new. */
  public @Nullable Head head() {
    return head;
  }

  /** The time, in microseconds, never before the last revision's or what this returned before. */
  public Instant now() {
    Instant now = Instants.truncated(time.now(databaseTime));
    if (now.isAfter(lastNow)) {
      lastNow = now;
    }
    return lastNow;
  }

  /** All revisions after this one, with profiles and reasons withheld. */
  public List<Revision> revisionsAfter(long revision) {
    send();
    try {
      return Log.revisions(connection, organization, revision, Long.MAX_VALUE);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Where a revision led; null if the log has no such revision. */
  public @Nullable Position positionAt(long revision) {
    send();
    try {
      return Log.positionAt(connection, organization, revision);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** What rows say about users, teams, dashboards …, deleted ones included. */
  public OrganizationRows rows() {
    return new OrganizationRows(statements(), organization);
  }

  /** Support agents, who belong to no organization; to look them up by name. */
  public AgentRows agents() {
    return new AgentRows(statements());
  }

  /** Appends one revision that has no effects beside its changes. */
  public Position append(Author author, Instant at, List<Change> changes, long fingerprint) {
    return append(author, at, changes, List.of(), fingerprint);
  }

  /**
   * Appends one revision: its rows, its records in the log, and the organization's new head. May be
   * called several times; all of them are committed together or not at all. In a new organization
   * the first change is its {@link OrganizationChanged}.
   *
   * @param at when it happens, from {@link #now}
   * @param changes at least one, in the order in which they happen
   * @param effects what is written with them
   * @param fingerprint of the graph after them
   * @return where it leads
   */
  public Position append(
      Author author, Instant at, List<Change> changes, List<Effect> effects, long fingerprint) {
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a revision has at least one change");
    }
    if (!at.equals(Instants.truncated(at)) || (head != null && at.isBefore(head.at()))) {
      throw new IllegalArgumentException(
          "a revision's time is in microseconds and not before the one before it: " + at);
    }
    Head before = head != null ? head : created(at, changes.getFirst());
    changes.forEach(change -> add(change, author, at));
    // What time has brought about is written later than it happened.
    Instant written = now();
    effects.forEach(effect -> this.effects.add(effect, written));
    long revision = before.revision() + 1;
    LogHash hash = Log.append(pending, organization, revision, before.hash(), author, at, changes);
    Head after = new Head(revision, hash, at, fingerprint, before.counts().after(changes));
    head = after;
    if (at.isAfter(lastNow)) {
      lastNow = at;
    }
    return after.position();
  }

  /** What is to be erased has to be there by then. */
  private void add(Change change, Author author, Instant at) {
    rows.add(change, author, at);
    if (change instanceof PersonalDataErased erasure) {
      new ErasureStatements(statements(), organization).erase(erasure);
    }
  }

  /**
   * The row is inserted at once: of two that create the same organization, the second waits here
   * for the first, and then finds it existing.
   */
  private Head created(Instant at, Change first) {
    if (!(first instanceof OrganizationChanged(var before, var facts))
        || before != null
        || facts == null) {
      throw new IllegalArgumentException(
          "the organization " + organization + " does not exist, and this does not create it");
    }
    Counts none = Counts.NONE;
    pending.add(
        ORGANIZATION,
        Texts.INSERT_ORGANIZATION,
        organization.value(),
        facts.name(),
        facts.parent() == null ? null : facts.parent().value(),
        root(facts),
        0L,
        LogHash.EMPTY.bytes(),
        at,
        0L,
        none.users(),
        none.teams(),
        none.memberships(),
        none.workspaces(),
        none.dashboards(),
        none.entries(),
        none.agents(),
        none.grants());
    send();
    return new Head(0, LogHash.EMPTY, at, 0, none);
  }

  private String root(OrganizationFacts facts) {
    if (facts.parent() == null) {
      return organization.value();
    }
    OrganizationId root = rootOf(facts.parent());
    if (root == null) {
      throw new IllegalArgumentException("the parent does not exist: " + facts.parent());
    }
    return root.value();
  }

  /** The root of an organization's realm, which never changes; null if there is none of this id. */
  public @Nullable OrganizationId rootOf(OrganizationId other) {
    String root =
        statements()
            .select(ORGANIZATION.ROOT)
            .from(ORGANIZATION)
            .where(ORGANIZATION.ID.eq(other.value()))
            .fetchOne(ORGANIZATION.ROOT);
    return root == null ? null : new OrganizationId(root);
  }

  /** What is kept of somebody that is personal. */
  public PersonalData personalData(Person person) {
    return new PersonalRows(statements(), organization).of(person);
  }

  /** Access requests, invitations, and who waits for a draft. */
  public AroundRows around() {
    return new AroundRows(statements(), organization);
  }

  /** What was answered to this caller's key before, or null. */
  public @Nullable StoredResponse response(String caller, String key) {
    return IdempotencyKeys.find(statements(), organization, caller, key);
  }

  /** Keeps the answer to this caller's key, to be committed with what it did. */
  public void keepResponse(String caller, String key, StoredResponse response) {
    pending.add(
        IDEMPOTENCY_KEY,
        IdempotencyKeys.INSERT,
        organization.value(),
        caller,
        key,
        response.requestHash(),
        response.response(),
        now());
  }

  /** For reading: sends what was written before, so that it is seen. */
  private DSLContext statements() {
    send();
    return Connections.statements(connection);
  }

  private void send() {
    try {
      pending.send(connection);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Whether this transaction has made the organization. */
  boolean hasCreated() {
    return !existed && head != null;
  }

  /** Sends what is left, and the organization's row once, however many revisions there are. */
  void finish() {
    Head now = head;
    if (now != null && now.revision() != writtenRevision) {
      Counts counts = now.counts();
      pending.add(
          ORGANIZATION,
          Texts.ADVANCE,
          now.revision(),
          now.hash().bytes(),
          now.at(),
          now.fingerprint(),
          counts.users(),
          counts.teams(),
          counts.memberships(),
          counts.workspaces(),
          counts.dashboards(),
          counts.entries(),
          counts.agents(),
          counts.grants(),
          organization.value(),
          writtenRevision);
      writtenRevision = now.revision();
    }
    send();
  }
}
