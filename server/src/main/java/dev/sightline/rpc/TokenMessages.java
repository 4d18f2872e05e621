package dev.sightline.rpc;

import dev.sightline.auth.Binding;
import dev.sightline.auth.NewToken;
import dev.sightline.auth.Scope;
import dev.sightline.auth.Scopes;
import dev.sightline.auth.TokenFacts;
import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.Token;
import dev.sightline.v1.TokenBinding;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TokenService's messages as values and back. What no state could make valid is thrown. */
final class TokenMessages {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private TokenMessages() {}

  static NewToken newToken(CreateTokenRequest request) {
    return new NewToken(
        Requests.name("name", request.getName()),
        scopes(request.getScopesList()),
        binding(request.getBinding()),
        expiresIn(request.getExpiresInMicros()));
  }

  private static Scopes scopes(List<dev.sightline.v1.Scope> named) {
    if (named.isEmpty()) {
      throw malformed(Reason.MALFORMED_REQUEST, "The token has no scope: name one at least.");
    }
    var scopes = new ArrayList<Scope>();
    for (dev.sightline.v1.Scope scope : named) {
      scopes.add(
          switch (scope) {
            case SCOPE_CHECK -> Scope.CHECK;
            case SCOPE_WATCH -> Scope.WATCH;
            case SCOPE_MANAGE -> Scope.MANAGE;
            case SCOPE_SUPPORT -> Scope.SUPPORT;
            case SCOPE_OPERATE -> Scope.OPERATE;
            case SCOPE_UNSPECIFIED, UNRECOGNIZED ->
                throw malformed(
                    Reason.UNKNOWN_ENUM_VALUE, "One of the scopes is none that a token can hold.");
          });
    }
    return Scopes.of(scopes);
  }

  private static Binding binding(TokenBinding binding) {
    return switch (binding.getReachCase()) {
      case ORGANIZATION_ID ->
          new Binding.OneOrganization(organization(binding.getOrganizationId()));
      case REALM_ID -> new Binding.Realm(organization(binding.getRealmId()));
      case ALL -> {
        if (!binding.getAll()) {
          throw malformed(Reason.MALFORMED_REQUEST, "binding.all is false: name what it reaches.");
        }
        yield Binding.ALL;
      }
      case REACH_NOT_SET ->
          throw malformed(
              Reason.MALFORMED_REQUEST,
              "The token is bound to nothing: name an organization, a realm, or all.");
    };
  }

  static OrganizationId organization(String id) {
    if (!Ids.isWellFormed(id)) {
      throw malformed(
          Reason.MALFORMED_ID, "An organization's id is [A-Za-z0-9_.@+-]{1,128}; this one is not.");
    }
    return new OrganizationId(id);
  }

  /** An id of a token: what is none was never one. */
  static String tokenId(String id) {
    if (!Ids.isWellFormed(id)) {
      throw Requests.malformedId("token_id", id);
    }
    return id;
  }

  private static @Nullable Duration expiresIn(long micros) {
    if (micros < 0 || micros > LONGEST.toNanos() / 1_000) {
      throw malformed(
          Reason.OUT_OF_RANGE,
          "expires_in_micros is " + micros + ", not 0 (never) to a hundred years.");
    }
    return micros == 0 ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  static StatusRuntimeException malformed(Reason reason, String message) {
    return Statuses.exception(Refusal.of(reason, message));
  }

  static Token message(TokenFacts facts) {
    return Token.newBuilder()
        .setId(facts.id())
        .setName(facts.name())
        .addAllScopes(facts.scopes().toList().stream().map(TokenMessages::message).toList())
        .setBinding(message(facts.binding()))
        .setCreatedAtMicros(micros(facts.createdAt()))
        .setExpiresAtMicros(micros(facts.expiresAt()))
        .setRevokedAtMicros(micros(facts.revokedAt()))
        .build();
  }

  private static dev.sightline.v1.Scope message(Scope scope) {
    return switch (scope) {
      case CHECK -> dev.sightline.v1.Scope.SCOPE_CHECK;
      case WATCH -> dev.sightline.v1.Scope.SCOPE_WATCH;
      case MANAGE -> dev.sightline.v1.Scope.SCOPE_MANAGE;
      case SUPPORT -> dev.sightline.v1.Scope.SCOPE_SUPPORT;
      case OPERATE -> dev.sightline.v1.Scope.SCOPE_OPERATE;
    };
  }

  private static TokenBinding message(Binding binding) {
    var message = TokenBinding.newBuilder();
    return switch (binding) {
      case Binding.OneOrganization(OrganizationId one) ->
          message.setOrganizationId(one.value()).build();
      case Binding.Realm(OrganizationId root) -> message.setRealmId(root.value()).build();
      case Binding.All _ -> message.setAll(true).build();
    };
  }

  private static long micros(@Nullable Instant instant) {
    return instant == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
