package dev.sightline.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a call was not carried out. A value, thrown nowhere in the domain.
 *
 * @param reason what programs decide by
 * @param message what was wrong, the value, what was expected, what to do
 * @param facts what a person needs to act on it, by name; never a secret
 */
public record Refusal(Reason reason, String message, Map<String, String> facts) {
  public Refusal {
    facts = Map.copyOf(facts);
  }

  /** The families of refusals; each is one gRPC status. */
  public enum Category {
    INVALID_ARGUMENT,
    NOT_FOUND,
    PERMISSION_DENIED,
    ALREADY_EXISTS,
    FAILED_PRECONDITION,
    RESOURCE_EXHAUSTED,
    ABORTED,
    UNAVAILABLE,
    UNAUTHENTICATED
  }

  /** Every reason there is. Names are part of the contract and never change their meaning. */
  public enum Reason {
    MALFORMED_REQUEST(Category.INVALID_ARGUMENT),
    MALFORMED_ID(Category.INVALID_ARGUMENT),
    OUT_OF_RANGE(Category.INVALID_ARGUMENT),
    NAMED_TWICE(Category.INVALID_ARGUMENT),
    UNKNOWN_ENUM_VALUE(Category.INVALID_ARGUMENT),
    INVALID_PAGE_TOKEN(Category.INVALID_ARGUMENT),
    INVALID_POSITION(Category.INVALID_ARGUMENT),
    IDEMPOTENCY_KEY_REUSED(Category.INVALID_ARGUMENT),
    MALFORMED_IMPORT(Category.INVALID_ARGUMENT),

    ORGANIZATION_NOT_FOUND(Category.NOT_FOUND),
    DASHBOARD_NOT_FOUND(Category.NOT_FOUND),
    USER_NOT_FOUND(Category.NOT_FOUND),
    EMAIL_NOT_FOUND(Category.NOT_FOUND),
    TEAM_NOT_FOUND(Category.NOT_FOUND),
    WORKSPACE_NOT_FOUND(Category.NOT_FOUND),
    AGENT_NOT_FOUND(Category.NOT_FOUND),
    GRANT_NOT_FOUND(Category.NOT_FOUND),
    REQUEST_NOT_FOUND(Category.NOT_FOUND),
    TOKEN_NOT_FOUND(Category.NOT_FOUND),
    MAIL_NOT_FOUND(Category.NOT_FOUND),

    ACTOR_NOT_ALLOWED(Category.PERMISSION_DENIED),
    ROLE_REQUIRED(Category.PERMISSION_DENIED),
    ACTION_NOT_ALLOWED(Category.PERMISSION_DENIED),
    OWN_ENTRY(Category.PERMISSION_DENIED),
    CALLER_NOT_ALLOWED(Category.PERMISSION_DENIED),

    ID_TAKEN(Category.ALREADY_EXISTS),
    EMAIL_TAKEN(Category.ALREADY_EXISTS),
    ORGANIZATION_EXISTS(Category.ALREADY_EXISTS),

    LAST_ADMIN(Category.FAILED_PRECONDITION),
    OWN_ACCOUNT(Category.FAILED_PRECONDITION),
    STILL_INVITED(Category.FAILED_PRECONDITION),
    TEAM_CIRCLE(Category.FAILED_PRECONDITION),
    OWNER_HAS_NO_ENTRY(Category.FAILED_PRECONDITION),
    ALREADY_OWNER(Category.FAILED_PRECONDITION),
    NOT_AN_EDITOR(Category.FAILED_PRECONDITION),
    POSITION_UNKNOWN(Category.FAILED_PRECONDITION),
    MAIL_NOT_DEAD(Category.FAILED_PRECONDITION),
    TOO_LARGE(Category.FAILED_PRECONDITION),
    NOT_INVITED(Category.FAILED_PRECONDITION),
    INVITATION_LINK_DEAD(Category.FAILED_PRECONDITION),
    GRANT_OVER(Category.FAILED_PRECONDITION),
    UNTIL_REVOKED_NOT_ALLOWED(Category.FAILED_PRECONDITION),
    LONGER_THAN_POLICY(Category.FAILED_PRECONDITION),
    GROUP_NOT_OFFERED(Category.FAILED_PRECONDITION),
    ALREADY_A_VIEWER(Category.FAILED_PRECONDITION),
    WAITS_FOR_PUBLICATION(Category.FAILED_PRECONDITION),
    DECLINED_RECENTLY(Category.FAILED_PRECONDITION),
    REQUEST_NOT_PENDING(Category.FAILED_PRECONDITION),
    USER_NOT_DELETED(Category.FAILED_PRECONDITION),
    AGENT_NOT_REMOVED(Category.FAILED_PRECONDITION),
    TOKEN_NOT_REVOKED(Category.FAILED_PRECONDITION),

    ETAG_MISMATCH(Category.ABORTED),
    WATCH_TOO_SLOW(Category.ABORTED),
    TOO_MANY_WAITING(Category.RESOURCE_EXHAUSTED),
    MESSAGE_TOO_LARGE(Category.RESOURCE_EXHAUSTED),
    RESENT_TOO_SOON(Category.RESOURCE_EXHAUSTED),
    NOT_FRESH(Category.UNAVAILABLE),
    STORE_UNAVAILABLE(Category.UNAVAILABLE),
    SERVER_STOPPING(Category.UNAVAILABLE),
    NOT_AUTHENTICATED(Category.UNAUTHENTICATED);

    private final Category category;

    Reason(Category category) {
      this.category = category;
    }

    public Category category() {
      return category;
    }
  }

  /** A refusal with facts given as name, value, name, value … */
  public static Refusal of(Reason reason, String message, String... facts) {
    var byName = new LinkedHashMap<String, String>();
    for (int i = 0; i < facts.length; i += 2) {
      byName.put(facts[i], facts[i + 1]);
    }
    return new Refusal(reason, message, byName);
  }
}
