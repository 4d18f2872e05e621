package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.LOG_SUBJECT;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;

import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.Sha256;
import dev.sightline.model.Status;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Erasing was once not recorded. What is missing of users who were erased then is recorded now, as
 * found missing: under the chain, so that whatever goes from now on without a record is told apart
 * from it. Whether it was erased or tampered with before cannot be told any more, and the record
 * says so. Only of users who are deleted and have no name any more: of others nothing could be
 * erased.
 *
 * <p>It names columns itself, and no statement of the writers': those may come to need columns that
 * a later migration adds.
 */
final class RecordErasures implements JavaMigration {
  private static final Author BY_NOBODY = new Author(null, null, "sightline");

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("5.1");
  }

  @Override
  public String getDescription() {
    return "record erasures";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    DSLContext statements = Connections.statements(connection);
    Map<String, List<String>> erased =
        statements
            .select(USER_ACCOUNT.ORGANIZATION_ID, USER_ACCOUNT.ID)
            .from(USER_ACCOUNT)
            .where(USER_ACCOUNT.STATUS.eq(Status.DELETED), USER_ACCOUNT.NAME.isNull())
            .orderBy(USER_ACCOUNT.ORGANIZATION_ID, USER_ACCOUNT.ID)
            .fetchGroups(USER_ACCOUNT.ORGANIZATION_ID, USER_ACCOUNT.ID);
    for (Map.Entry<String, List<String>> organization : erased.entrySet()) {
      record(
          connection,
          statements,
          new OrganizationId(organization.getKey()),
          organization.getValue());
    }
  }

  /** Under the organization's lock, as a node that is still running writes to it, too. */
  private static void record(
      Connection connection, DSLContext statements, OrganizationId organization, List<String> users)
      throws Exception {
    Record head =
        statements
            .select(ORGANIZATION.REVISION, ORGANIZATION.HEAD, ORGANIZATION.AT)
            .from(ORGANIZATION)
            .where(ORGANIZATION.ID.eq(organization.value()))
            .forUpdate()
            .fetchSingle();
    List<PersonalDataErased> found = new ArrayList<>();
    users.forEach(user -> found.addAll(missing(statements, organization, user)));
    if (!found.isEmpty()) {
      append(connection, statements, organization, head, found);
    }
  }

  /** What is missing of a user: once as a user here, once for each other with the same id. */
  private static List<PersonalDataErased> missing(
      DSLContext statements, OrganizationId organization, String user) {
    Map<Person, List<String>> fields = new TreeMap<>(Comparator.comparing(Person::toString));
    var kinds = LOG_SUBJECT.as("kinds");
    statements
        .select(LOG_RECORD.REVISION, LOG_RECORD.NUMBER, LOG_RECORD.BODY)
        .from(LOG_SUBJECT)
        .join(LOG_RECORD)
        .on(
            LOG_RECORD.ORGANIZATION_ID.eq(organization.value()),
            LOG_RECORD.REVISION.eq(LOG_SUBJECT.REVISION),
            LOG_RECORD.NUMBER.eq(LOG_SUBJECT.NUMBER))
        .where(
            LOG_SUBJECT.ORGANIZATION_ID.eq(organization.value()),
            LOG_SUBJECT.SUBJECT.eq("user:" + user),
            DSL.exists(
                DSL.selectOne()
                    .from(kinds)
                    .where(
                        kinds.ORGANIZATION_ID.eq(organization.value()),
                        kinds.SUBJECT.in("kind:PROFILE", "kind:REASON"),
                        kinds.REVISION.eq(LOG_SUBJECT.REVISION),
                        kinds.NUMBER.eq(LOG_SUBJECT.NUMBER))))
        .orderBy(LOG_RECORD.REVISION, LOG_RECORD.NUMBER)
        .forEach(row -> {
          Set<String> kept = kept(statements, organization, row);
          for (Commitment commitment : Commitment.of(LogCodec.parse(row.get(LOG_RECORD.BODY)))) {
            Person about = commitment.about();
            if (about.user().value().equals(user) && !kept.contains(commitment.field())) {
              fields.computeIfAbsent(about, _ -> new ArrayList<>()).add(commitment.field());
            }
          }
        });
    return fields.entrySet().stream()
        .map(one ->
            new PersonalDataErased(
                one.getKey(),
                one.getValue().stream().distinct().sorted().toList(),
                one.getValue().size(),
                true))
        .toList();
  }

  private static Set<String> kept(DSLContext statements, OrganizationId organization, Record row) {
    return new HashSet<>(
        statements
            .select(LOG_PERSONAL.FIELD)
            .from(LOG_PERSONAL)
            .where(
                LOG_PERSONAL.ORGANIZATION_ID.eq(organization.value()),
                LOG_PERSONAL.REVISION.eq(row.get(LOG_RECORD.REVISION)),
                LOG_PERSONAL.NUMBER.eq(row.get(LOG_RECORD.NUMBER)))
            .fetch(LOG_PERSONAL.FIELD));
  }

  private static void append(
      Connection connection,
      DSLContext statements,
      OrganizationId organization,
      Record head,
      List<PersonalDataErased> found)
      throws Exception {
    long revision = head.get(ORGANIZATION.REVISION) + 1;
    Instant clock = Instants.truncated(statements.select(Heads.CLOCK).fetchSingle().value1());
    Instant before = head.get(ORGANIZATION.AT);
    Instant at = clock.isBefore(before) ? before : clock;
    byte[] hash = head.get(ORGANIZATION.HEAD);
    PendingStatements pending = new PendingStatements();
    LogIndex index = new LogIndex(pending);
    for (int number = 0; number < found.size(); number++) {
      var place = new LogCodec.Context(organization, revision, number, BY_NOBODY, at);
      LogCodec.Encoded record = LogCodec.encode(place, found.get(number));
      hash = Sha256.of(hash, record.body());
      statements
          .insertInto(LOG_RECORD)
          .set(LOG_RECORD.ORGANIZATION_ID, organization.value())
          .set(LOG_RECORD.REVISION, revision)
          .set(LOG_RECORD.NUMBER, number)
          .set(LOG_RECORD.AT, at)
          .set(LOG_RECORD.BODY, record.body())
          .set(LOG_RECORD.HASH, hash)
          .execute();
      index.add(organization.value(), revision, number, record.subjects());
    }
    index.flush();
    pending.send(connection);
    statements
        .update(ORGANIZATION)
        .set(ORGANIZATION.REVISION, revision)
        .set(ORGANIZATION.HEAD, hash)
        .set(ORGANIZATION.AT, at)
        .where(ORGANIZATION.ID.eq(organization.value()))
        .execute();
  }
}
