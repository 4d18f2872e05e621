package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.IDEMPOTENCY_KEY;

import dev.sightline.model.OrganizationId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The rows that let a request be sent twice and happen once. */
final class IdempotencyKeys {
  private static final Field<?>[] COLUMNS = {
    IDEMPOTENCY_KEY.ORGANIZATION_ID,
    IDEMPOTENCY_KEY.CALLER,
    IDEMPOTENCY_KEY.KEY,
    IDEMPOTENCY_KEY.REQUEST_HASH,
    IDEMPOTENCY_KEY.RESPONSE,
    IDEMPOTENCY_KEY.CREATED_AT
  };

  static final Prepared INSERT =
      Prepared.of(
          DSL.insertInto(IDEMPOTENCY_KEY)
              .columns(COLUMNS)
              .values(parameters(Arrays.asList(COLUMNS))));

  private IdempotencyKeys() {}

  private static List<Field<?>> parameters(List<Field<?>> columns) {
    return columns.stream().<Field<?>>map(column -> DSL.param(column.getName(), column)).toList();
  }

  static @Nullable StoredResponse find(
      DSLContext statements, OrganizationId organization, String caller, String key) {
    return statements
        .select(IDEMPOTENCY_KEY.REQUEST_HASH, IDEMPOTENCY_KEY.RESPONSE)
        .from(IDEMPOTENCY_KEY)
        .where(
            IDEMPOTENCY_KEY.ORGANIZATION_ID.eq(organization.value()),
            IDEMPOTENCY_KEY.CALLER.eq(caller),
            IDEMPOTENCY_KEY.KEY.eq(key))
        .fetchOne(row -> new StoredResponse(row.value1(), row.value2()));
  }

  static int purge(DSLContext statements, OrganizationId organization, Instant before) {
    return statements
        .deleteFrom(IDEMPOTENCY_KEY)
        .where(
            IDEMPOTENCY_KEY.ORGANIZATION_ID.eq(organization.value()),
            IDEMPOTENCY_KEY.CREATED_AT.lt(before))
        .execute();
  }
}
