package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import dev.sightline.store.ApiToken;
import dev.sightline.store.ApiTokens;
import dev.sightline.store.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tokens in the database, in the words of this package. */
public final class StoredTokens implements TokenStore {
  private static final int PAGE_LIMIT = 1_000;

  private final ApiTokens tokens;
  private final InstantSource clock;

  /**
   * @param clock the estimated time of the database
   */
  public StoredTokens(ApiTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The epoch first: what changes between the two is read under an epoch that is over by then. */
  @Override
  public Reading read(byte[] hash) {
    long epoch = tokens.epoch();
    ApiToken token = tokens.findByHash(hash);
    return new Reading(epoch, token == null || token.revokedAt() != null ? null : holder(token));
  }

  private static Holder holder(ApiToken token) {
    TokenFacts facts = facts(token);
    return new Holder(new Caller(facts.id(), facts.scopes(), facts.binding()), facts.expiresAt());
  }

  @Override
  public TokenFacts create(TokenText text, NewToken token) {
    TokenFacts made = insert(text, token);
    if (made == null) {
      throw new IllegalStateException("two tokens were drawn alike: " + text);
    }
    return made;
  }

  @Override
  public @Nullable TokenFacts createFirst(TokenText text, NewToken token) {
    return tokens.epoch() == 0 ? insert(text, token) : null;
  }

  /** Null if the id is taken. */
  private @Nullable TokenFacts insert(TokenText text, NewToken token) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant end = token.expiresIn() == null ? null : now.plus(token.expiresIn());
    var row =
        new ApiToken(
            text.id(),
            token.name(),
            token.scopes().toList().stream().map(Scope::name).collect(Collectors.toSet()),
            stored(token.binding()),
            now,
            end,
            null);
    return tokens.insert(row, text.hash()) ? facts(row) : null;
  }

  @Override
  public List<TokenFacts> all() {
    return read(tokens::all);
  }

  @Override
  public List<TokenFacts> boundTo(OrganizationId organization) {
    var binding = new ApiToken.Binding.OneOrganization(organization);
    return read(page -> tokens.list(binding, page));
  }

  private static List<TokenFacts> read(Function<Page, List<ApiToken>> pages) {
    var read = new ArrayList<TokenFacts>();
    Page page = Page.first(PAGE_LIMIT);
    while (true) {
      List<ApiToken> tokens = pages.apply(page);
      tokens.forEach(token -> read.add(facts(token)));
      if (tokens.size() < PAGE_LIMIT) {
        return read;
      }
      page = new Page(tokens.getLast().id(), PAGE_LIMIT);
    }
  }

  @Override
  public @Nullable TokenFacts find(String id) {
    ApiToken token = tokens.find(id);
    return token == null ? null : facts(token);
  }

  @Override
  public @Nullable TokenFacts revoke(String id) {
    tokens.revoke(id, clock.instant().truncatedTo(ChronoUnit.MICROS));
    return find(id);
  }

  private static TokenFacts facts(ApiToken token) {
    return new TokenFacts(
        token.id(),
        token.name(),
        Scopes.of(token.scopes().stream().map(Scope::valueOf).toList()),
        bound(token.binding()),
        token.createdAt(),
        token.expiresAt(),
        token.revokedAt());
  }

  private static ApiToken.Binding stored(Binding binding) {
    return switch (binding) {
      case Binding.OneOrganization(OrganizationId one) -> new ApiToken.Binding.OneOrganization(one);
      case Binding.Realm(OrganizationId root) -> new ApiToken.Binding.Realm(root);
      case Binding.All _ -> new ApiToken.Binding.Everything();
    };
  }

  private static Binding bound(ApiToken.Binding binding) {
    return switch (binding) {
      case ApiToken.Binding.OneOrganization(OrganizationId one) -> new Binding.OneOrganization(one);
      case ApiToken.Binding.Realm(OrganizationId root) -> new Binding.Realm(root);
      case ApiToken.Binding.Everything _ -> Binding.ALL;
    };
  }
}
