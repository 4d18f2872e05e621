package dev.sightline;

import dev.sightline.AnyCall.Outcome;
import dev.sightline.v1.ListOrganizationsResponse;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.Organization;
import dev.sightline.v1.Rule;
import dev.sightline.v1.Scope;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of callers that there are, and what a rule means for each. */
final class MatrixCallers {
  private static final Map<String, String> BINDINGS =
      Map.of(
          "home", "organization_id: 'home'",
          "far", "organization_id: 'far'",
          "the realm of home", "realm_id: 'home'",
          "the realm of far", "realm_id: 'far'",
          "all", "all: true");

  private static final String REFUSED = "PERMISSION_DENIED CALLER_NOT_ALLOWED";

  private MatrixCallers() {}

  /**
   * Somebody with a token.
   *
   * @param scope the one that is held of those that the rule names; null: none of them
   */
  record Caller(Scope scope, String bound, String token, Channel channel) {
    boolean isFar() {
      return bound.contains("far");
    }

    String name() {
      return scope + " for " + bound;
    }
  }

  /** Whoever calls without a token that is valid, by what is wrong with it. */
  static Map<String, Channel> strangers(MatrixWorld world) {
    Map<String, Channel> strangers = new LinkedHashMap<>();
    String valid = world.operatorsToken();
    char last = valid.charAt(valid.length() - 1);
    String unknown = valid.substring(0, valid.length() - 1) + (last == 'A' ? 'B' : 'A');
    strangers.put("without a token", world.nobody);
    strangers.put("with an empty token", world.presenting("Bearer "));
    strangers.put("with nonsense", world.presenting("nonsense"));
    strangers.put("with another scheme", world.presenting("Basic " + valid));
    strangers.put("with a token that nobody made", world.holding(unknown));
    strangers.put("with half a token", world.holding(valid.substring(0, valid.length() / 2)));
    strangers.put("with two tokens", world.holding(valid + " " + valid));
    strangers.put("with a very long token", world.holding(valid + "A".repeat(5_000)));
    strangersTokens(world).forEach((kind, token) -> strangers.put(kind, world.holding(token)));
    return strangers;
  }

  /** The tokens of those who once had one. */
  static Map<String, @Nullable String> strangersTokens(MatrixWorld world) {
    Map<String, @Nullable String> strangers = new LinkedHashMap<>();
    var revoked = world.create("all: true", scopes(Stream.of(Scope.values())), 0);
    world.call(
        "TokenService/RevokeToken",
        "# by nobody\ntoken_id: '%s'".formatted(MatrixWorld.field(revoked, "token.id")));
    strangers.put("with a revoked token", (String) MatrixWorld.field(revoked, "secret"));
    var ended = world.create("all: true", scopes(Stream.of(Scope.values())), 1);
    strangers.put("with a token that has ended", (String) MatrixWorld.field(ended, "secret"));
    return strangers;
  }

  /** Of each scope that a rule names and each binding; and of no such scope. */
  static List<Caller> each(MatrixWorld world, Rule rule) {
    List<String> others =
        scopes(Stream.of(Scope.values()).filter(scope -> !rule.getAnyOfList().contains(scope)));
    List<Caller> callers = new ArrayList<>();
    callers.add(caller(world, Scope.SCOPE_UNSPECIFIED, "all", others));
    for (Scope scope : rule.getAnyOfList()) {
      for (String bound : BINDINGS.keySet()) {
        callers.add(caller(world, scope, bound, List.of(scope.name())));
      }
    }
    return callers;
  }

  private static Caller caller(MatrixWorld world, Scope scope, String bound, List<String> scopes) {
    String token = world.token(Objects.requireNonNull(BINDINGS.get(bound)), scopes);
    return new Caller(scope, bound, token, world.holding(token));
  }

  private static List<String> scopes(Stream<Scope> scopes) {
    return scopes
        .filter(scope -> scope != Scope.UNRECOGNIZED && scope != Scope.SCOPE_UNSPECIFIED)
        .map(Scope::name)
        .toList();
  }

  /** What must come of a call, as {@link #told} tells it. */
  static String expected(AnyCall rpc, Caller caller) {
    if (caller.scope() == Scope.SCOPE_UNSPECIFIED) {
      return REFUSED;
    }
    return switch (rpc.rule().getTarget()) {
      case TARGET_ORGANIZATION -> caller.isFar() ? REFUSED : "OK";
      case TARGET_ALL -> caller.bound().equals("all") ? "OK" : REFUSED;
      case TARGET_OWN -> ofOwn(rpc.name(), caller);
      case TARGET_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(rpc.name());
    };
  }

  static boolean changesNothing(AnyCall rpc, Caller caller) {
    return caller.isFar() || !expected(rpc, caller).startsWith("OK");
  }

  /** What must come of calls that find out themselves whom they let in. */
  private static String ofOwn(String rpc, Caller caller) {
    boolean isFar = caller.isFar();
    boolean actsForNobody = caller.scope() == Scope.SCOPE_OPERATE;
    return switch (rpc) {
      case "AccessRequestService/LookAtLink" -> isFar ? "OK LINK_STATE_VOID" : "OK LINK_STATE_OPEN";
      case "AccessRequestService/UseLink" ->
          isFar ? "OK LINK_OUTCOME_VOID" : "OK LINK_OUTCOME_APPLIED";
      case "DirectoryService/AcceptInvitation" ->
          isFar ? "FAILED_PRECONDITION INVITATION_LINK_DEAD" : "OK";
      case "DirectoryService/ListOrganizations" ->
          caller.bound().equals("all") ? "OK far home" : isFar ? "OK far" : "OK home";
      case "TokenService/RevokeToken", "TokenService/AwaitTokenEverywhere" ->
          actsForNobody || !isFar
              ? (actsForNobody ? REFUSED : "OK")
              : (caller.bound().equals("far")
                  ? "PERMISSION_DENIED ACTOR_NOT_ALLOWED"
                  : "NOT_FOUND TOKEN_NOT_FOUND");
      case "TokenService/CreateToken", "TokenService/ListTokens" ->
          actsForNobody || isFar ? REFUSED : "OK";
      case "WatchService/Watch", "WatchService/WatchOneWay" -> isFar ? REFUSED : "OK";
      default -> throw new AssertionError("nobody has said whom " + rpc + " lets in");
    };
  }

  /** What came of a call, with what of the answer shows whom it was for. */
  static String told(AnyCall rpc, Outcome outcome) {
    if (!outcome.ok() || rpc.rule().getTarget() != Rule.Target.TARGET_OWN) {
      return outcome.brief();
    }
    return switch (outcome.answers().getFirst()) {
      case LookAtLinkResponse look -> "OK " + look.getState();
      case UseLinkResponse use -> "OK " + use.getOutcome();
      case ListOrganizationsResponse list ->
          list.getOrganizationsList().stream()
              .map(Organization::getId)
              .filter(Set.of("home", "far")::contains)
              .collect(Collectors.joining(" ", "OK ", ""));
      default -> "OK";
    };
  }
}
