package dev.sightline.client;

import dev.sightline.v1.TokenBinding;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what operators say and are told into messages and back. */
final class TokenTranslation {
  private TokenTranslation() {}

  static OrganizationFacts organization(dev.sightline.v1.Organization it) {
    return new OrganizationFacts(it.getId(), it.getName(), it.getParentId(), it.getRootId());
  }

  static List<Integer> numbers(Set<TokenScope> scopes) {
    return scopes.stream().map(Translation::number).toList();
  }

  static TokenBinding binding(TokenReach reach) {
    var binding = TokenBinding.newBuilder();
    return switch (reach) {
      case TokenReach.OfOrganization(var id) -> binding.setOrganizationId(id).build();
      case TokenReach.OfRealm(var root) -> binding.setRealmId(root).build();
      case TokenReach.Everything _ -> binding.setAll(true).build();
    };
  }

  static Token token(dev.sightline.v1.Token it) {
    return new Token(
        it.getId(),
        it.getName(),
        Arrays.stream(TokenScope.values())
            .filter(scope -> it.getScopesValueList().contains(Translation.number(scope)))
            .collect(Collectors.toUnmodifiableSet()),
        reach(it.getBinding()),
        Translation.instant(it.getCreatedAtMicros()),
        Translation.end(it.getExpiresAtMicros()),
        it.getRevokedAtMicros() != 0);
  }

  private static TokenReach reach(TokenBinding it) {
    return switch (it.getReachCase()) {
      case ORGANIZATION_ID -> TokenReach.organization(it.getOrganizationId());
      case REALM_ID -> TokenReach.realm(it.getRealmId());
      case ALL -> TokenReach.everything();
      case REACH_NOT_SET ->
          throw SightlineException.of(
              Code.INTERNAL,
              "The service told of a token whose reach this SDK does not know; use a newer one.");
    };
  }

  static SupportAgent agent(dev.sightline.v1.SupportAgent it) {
    return new SupportAgent(it.getId(), it.getName(), it.getEmail(), it.getGroup());
  }

  static dev.sightline.v1.SupportAgent agent(SupportAgent it) {
    return dev.sightline.v1.SupportAgent.newBuilder()
        .setId(it.id())
        .setName(it.name())
        .setEmail(it.email())
        .setGroup(it.group())
        .build();
  }
}
