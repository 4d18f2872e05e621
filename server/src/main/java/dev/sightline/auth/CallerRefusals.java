package dev.sightline.auth;

import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;

/**
 * What callers are told who ask for more than their token gives. Nothing in it depends on whether
 * the organization exists.
 */
public final class CallerRefusals {
  /** For a message beyond {@link LimitedRequests#LIMIT}. */
  public static final Refusal TOO_LARGE =
      Refusal.of(
          Reason.MESSAGE_TOO_LARGE,
          "The message is larger than 4 MiB; send less at once.",
          "limit_bytes",
          Integer.toString(LimitedRequests.LIMIT));

  /** For bytes that are no message of the contract's. */
  static final Refusal MALFORMED =
      Refusal.of(
          Reason.MALFORMED_REQUEST,
          "The request cannot be read: it is not the message that this call takes, or a text in it"
              + " is not UTF-8.");

  static final Refusal NO_RULE =
      Refusal.of(Reason.CALLER_NOT_ALLOWED, "No rule lets anybody make this call.");
  static final Refusal NOT_FOR_ALL =
      Refusal.of(
          Reason.CALLER_NOT_ALLOWED,
          "This call is about no single organization: it needs a token that is bound to all.",
          "needed_binding",
          "all");
  static final Refusal REACH_UNKNOWN =
      Refusal.of(
          Reason.STORE_UNAVAILABLE,
          "The database did not tell in time which realm the organization is in. Try again.");

  private CallerRefusals() {}

  /** For a caller whose token holds none of these scopes. */
  public static Refusal needsOneOf(Scopes scopes) {
    return Refusal.of(
        Reason.CALLER_NOT_ALLOWED,
        "This call needs a token with the scope "
            + scopes.toString().replace(", ", " or ")
            + ", which this one does not hold.",
        "needed_scopes",
        scopes.toString());
  }

  /** For a caller whose token does not reach the organization. */
  public static Refusal outside(Binding binding, String organization) {
    // What is no id may be long and anything: it is not repeated.
    String named = Ids.isWellFormed(organization) ? organization : "that the request names";
    return Refusal.of(
        Reason.CALLER_NOT_ALLOWED,
        "The organization "
            + named
            + " is outside of what this token is bound to, which is "
            + inWords(binding)
            + ".",
        "binding",
        inWords(binding));
  }

  private static String inWords(Binding binding) {
    return switch (binding) {
      case Binding.All _ -> "all";
      case Binding.OneOrganization(OrganizationId one) -> "the organization " + one;
      case Binding.Realm(OrganizationId root) -> "the realm of " + root;
    };
  }
}
