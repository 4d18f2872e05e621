package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.API_TOKEN;
import static dev.sightline.store.jooq.Tables.TOKEN_EPOCH;

import dev.sightline.model.OrganizationId;
import dev.sightline.store.ApiToken.Binding;
import dev.sightline.store.ApiToken.Binding.Everything;
import dev.sightline.store.ApiToken.Binding.OneOrganization;
import dev.sightline.store.ApiToken.Binding.Realm;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;

/**
 * API tokens. Every change of any token raises the epoch in the same transaction: who remembers a
 * token together with the epoch may use it for as long as the epoch is proved to be the same.
 */
public final class ApiTokens {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connections writes;
  private final Connections reads;

  ApiTokens(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /**
   * Adds a token.
   *
   * @param hash SHA-256 of the token
   * @return false if the id or the hash has been used before
   */
  public boolean insert(ApiToken token, byte[] hash) {
    return writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      int inserted =
          statements
              .insertInto(API_TOKEN)
              .set(API_TOKEN.ID, token.id())
              .set(API_TOKEN.HASH, hash)
              .set(API_TOKEN.NAME, token.name())
              .set(API_TOKEN.SCOPES, token.scopes().stream().sorted().toArray(String[]::new))
              .set(API_TOKEN.BINDING, kind(token.binding()))
              .set(API_TOKEN.ORGANIZATION_ID, organization(token.binding()))
              .set(API_TOKEN.CREATED_AT, token.createdAt())
              .set(API_TOKEN.EXPIRES_AT, token.expiresAt())
              .set(API_TOKEN.REVOKED_AT, token.revokedAt())
              .onConflictDoNothing()
              .execute();
      return raiseEpochIf(inserted == 1, statements);
    });
  }

  /** Revokes a token for good; false if it is unknown or revoked already. */
  public boolean revoke(String id, Instant at) {
    return writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      int revoked =
          statements
              .update(API_TOKEN)
              .set(API_TOKEN.REVOKED_AT, at)
              .where(API_TOKEN.ID.eq(id), API_TOKEN.REVOKED_AT.isNull())
              .execute();
      return raiseEpochIf(revoked == 1, statements);
    });
  }

  /**
   * INVARIANT: by how much nobody can foretell. Else a database that was put back would come to an
   * epoch again that stood for other tokens, and who knows those would honour what is revoked.
   */
  private static boolean raiseEpochIf(boolean changed, DSLContext statements) {
    if (changed) {
      long step = 1L + RANDOM.nextInt(Integer.MAX_VALUE);
      statements.update(TOKEN_EPOCH).set(TOKEN_EPOCH.EPOCH, TOKEN_EPOCH.EPOCH.plus(step)).execute();
    }
    return changed;
  }

  /** The token with this SHA-256 hash, also one that is over, or null. */
  public @Nullable ApiToken findByHash(byte[] hash) {
    return find(API_TOKEN.HASH.eq(hash));
  }

  /** The token with this id, also one that is over, or null. */
  public @Nullable ApiToken find(String id) {
    return find(API_TOKEN.ID.eq(id));
  }

  private @Nullable ApiToken find(Condition which) {
    return reads.<@Nullable ApiToken>read(connection ->
        Connections.statements(connection)
            .selectFrom(API_TOKEN)
            .where(which)
            .fetchOne(ApiTokens::read));
  }

  /** Tokens with exactly this binding by id, those that are over included. */
  public List<ApiToken> list(Binding binding, Page page) {
    String organization = organization(binding);
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(API_TOKEN)
            .where(
                API_TOKEN.BINDING.eq(kind(binding)),
                organization == null
                    ? API_TOKEN.ORGANIZATION_ID.isNull()
                    : API_TOKEN.ORGANIZATION_ID.eq(organization),
                API_TOKEN.ID.gt(page.begin()))
            .orderBy(API_TOKEN.ID)
            .limit(page.limit())
            .fetch(ApiTokens::read));
  }

  /** All tokens by id, those that are over included. */
  public List<ApiToken> all(Page page) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(API_TOKEN)
            .where(API_TOKEN.ID.gt(page.begin()))
            .orderBy(API_TOKEN.ID)
            .limit(page.limit())
            .fetch(ApiTokens::read));
  }

  /** Another, higher number after each change of tokens. */
  public long epoch() {
    return reads.read(connection ->
        Connections.statements(connection)
            .select(TOKEN_EPOCH.EPOCH)
            .from(TOKEN_EPOCH)
            .fetchSingle(Record1::value1));
  }

  private static String kind(Binding binding) {
    return switch (binding) {
      case OneOrganization _ -> "ORGANIZATION";
      case Realm _ -> "REALM";
      case Everything _ -> "ALL";
    };
  }

  private static @Nullable String organization(Binding binding) {
    return switch (binding) {
      case OneOrganization(var organization) -> organization.value();
      case Realm(var root) -> root.value();
      case Everything() -> null;
    };
  }

  private static ApiToken read(Record row) {
    return new ApiToken(
        row.get(API_TOKEN.ID),
        row.get(API_TOKEN.NAME),
        Set.of(row.get(API_TOKEN.SCOPES)),
        binding(row.get(API_TOKEN.BINDING), row.get(API_TOKEN.ORGANIZATION_ID)),
        row.get(API_TOKEN.CREATED_AT),
        row.get(API_TOKEN.EXPIRES_AT),
        row.get(API_TOKEN.REVOKED_AT));
  }

  private static Binding binding(String kind, @Nullable String organization) {
    if (organization == null) {
      return new Everything();
    }
    OrganizationId id = new OrganizationId(organization);
    return kind.equals("REALM") ? new Realm(id) : new OneOrganization(id);
  }
}
