package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.LOG_RECORD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;

import dev.sightline.change.Change;
import dev.sightline.change.Revision;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Sha256;
import dev.sightline.store.ChainCheck.Broken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes and reads an organization's log. */
final class Log {
  private static final int FETCH = 1_000;

  private static final Prepared READ =
      Prepared.of(
          DSL.select(
                  LOG_RECORD.REVISION,
                  LOG_RECORD.NUMBER,
                  LOG_RECORD.AT,
                  LOG_RECORD.BODY,
                  LOG_RECORD.HASH)
              .from(LOG_RECORD)
              .where(
                  LOG_RECORD
                      .ORGANIZATION_ID
                      .eq(DSL.param("organization", LOG_RECORD.ORGANIZATION_ID))
                      .and(LOG_RECORD.REVISION.gt(DSL.param("after", LOG_RECORD.REVISION)))
                      .and(LOG_RECORD.REVISION.le(DSL.param("through", LOG_RECORD.REVISION))))
              .orderBy(LOG_RECORD.REVISION, LOG_RECORD.NUMBER));

  private static final Prepared READ_HEAD =
      Prepared.of(
          DSL.select(ORGANIZATION.REVISION, ORGANIZATION.HEAD)
              .from(ORGANIZATION)
              .where(ORGANIZATION.ID.eq(DSL.param("id", ORGANIZATION.ID))));

  private static final Prepared READ_POSITION =
      Prepared.of(
          DSL.select(LOG_RECORD.HASH, LOG_RECORD.AT)
              .from(LOG_RECORD)
              .where(
                  LOG_RECORD
                      .ORGANIZATION_ID
                      .eq(DSL.param("organization", LOG_RECORD.ORGANIZATION_ID))
                      .and(LOG_RECORD.REVISION.eq(DSL.param("revision", LOG_RECORD.REVISION))))
              .orderBy(LOG_RECORD.NUMBER.desc())
              .limit(DSL.inline(1)));

  private Log() {}

  /** Where a revision led; null if the log has no such revision. */
  static @Nullable Position positionAt(
      Connection connection, OrganizationId organization, long revision) throws SQLException {
    try (PreparedStatement statement = READ_POSITION.open(connection)) {
      Prepared.bind(statement, organization.value(), revision);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Position(revision, LogHash.of(row.getBytes(1)), Instants.of(row, 2))
            : null;
      }
    }
  }

  /** Adds one revision's records; returns the last one's hash. */
  static LogHash append(
      PendingStatements pending,
      OrganizationId organization,
      long revision,
      LogHash head,
      Author author,
      java.time.Instant at,
      List<Change> changes) {
    byte[] hash = head.bytes();
    LogIndex index = new LogIndex(pending);
    for (int number = 0; number < changes.size(); number++) {
      LogCodec.Encoded record =
          LogCodec.encode(
              new LogCodec.Context(organization, revision, number, author, at),
              changes.get(number));
      hash = Sha256.of(hash, record.body());
      pending.add(
          LOG_RECORD,
          Texts.INSERT_LOG_RECORD,
          organization.value(),
          revision,
          number,
          at,
          record.body(),
          hash);
      index.add(organization.value(), revision, number, record.subjects());
      for (PersonalValue value : record.personal()) {
        pending.add(
            dev.sightline.store.jooq.Tables.LOG_PERSONAL,
            Texts.INSERT_LOG_PERSONAL,
            organization.value(),
            revision,
            number,
            value.field(),
            value.about().user().value(),
            value.about().home() == null ? null : value.about().home().value(),
            value.salt(),
            value.value());
      }
    }
    index.flush();
    return LogHash.of(hash);
  }

  /** At most so many revisions after this one. */
  static List<Revision> revisions(
      Connection connection, OrganizationId organization, long after, long limit)
      throws SQLException {
    long through = after > Long.MAX_VALUE - limit ? Long.MAX_VALUE : after + limit;
    try (PreparedStatement statement = READ.open(connection)) {
      statement.setFetchSize(FETCH);
      Prepared.bind(statement, organization.value(), after, through);
      try (ResultSet rows = statement.executeQuery()) {
        return revisions(rows);
      }
    }
  }

  private static List<Revision> revisions(ResultSet rows) throws SQLException {
    List<Revision> revisions = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    Position position = null;
    while (rows.next()) {
      long revision = rows.getLong(1);
      if (position != null && position.revision() != revision) {
        revisions.add(new Revision(position, changes));
        changes.clear();
      }
      changes.add(LogCodec.decode(rows.getBytes(4)));
      position = new Position(revision, LogHash.of(rows.getBytes(5)), Instants.of(rows, 3));
    }
    if (position != null) {
      revisions.add(new Revision(position, changes));
    }
    return revisions;
  }

  /** Recomputes every hash; null if the organization does not exist. */
  static @Nullable ChainCheck verify(Connection connection, OrganizationId organization)
      throws SQLException {
    long revision;
    LogHash head;
    try (PreparedStatement statement = READ_HEAD.open(connection)) {
      Prepared.bind(statement, organization.value());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        revision = row.getLong(1);
        head = LogHash.of(row.getBytes(2));
      }
    }
    try (PreparedStatement statement = READ.open(connection)) {
      statement.setFetchSize(FETCH);
      Prepared.bind(statement, organization.value(), 0L, Long.MAX_VALUE);
      try (ResultSet rows = statement.executeQuery()) {
        ChainWalk walk = new ChainWalk(organization);
        while (rows.next()) {
          Broken broken =
              walk.follow(
                  rows.getLong(1),
                  rows.getInt(2),
                  Instants.of(rows, 3),
                  rows.getBytes(4),
                  rows.getBytes(5));
          if (broken != null) {
            return broken;
          }
        }
        return walk.end(revision, head);
      }
    }
  }
}
