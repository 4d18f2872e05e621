package dev.sightline.client;

import java.util.List;

/**
 * What the people do who run the service. Needs a token with {@link TokenScope#OPERATE} for
 * everything; listing needs less. Calls throw {@link SightlineException}.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 */
public final class Operator {
  private final AsyncOperator async;

  Operator(AsyncOperator async) {
    this.async = async;
  }

  /**
   * For one new organization with a key that the caller makes up, as {@link
   * Actor#withIdempotencyKey}.
   */
  public Operator withIdempotencyKey(String key) {
    return new Operator(async.withIdempotencyKey(key));
  }

  /** Makes an organization with its first admin. A taken id is ALREADY_EXISTS, reason ID_TAKEN. */
  public Result<OrganizationFacts> createOrganization(NewOrganization organization) {
    return Blocking.await(async.createOrganization(organization));
  }

  /** The organizations that the token lets the caller see, by id. */
  public Listing<OrganizationFacts> organizations() {
    return new Listing<>(async.organizationPages());
  }

  /**
   * Makes a token, and shows its secret this once. Not repeated by itself: if this fails without an
   * answer, look for it by its name, and revoke it.
   */
  public IssuedToken createToken(NewToken token) {
    return Blocking.await(async.createToken(token));
  }

  /** The tokens that the caller may administer, by id, revoked ones included. */
  public List<Token> tokens() {
    return Blocking.await(async.tokens());
  }

  /** Ends a token, by its id, at once; all nodes know within max-staleness. Its watches end. */
  public Token revokeToken(String token) {
    return Blocking.await(async.revokeToken(token));
  }

  /**
   * Waits until no node lets anybody in with a revoked token any more, and nobody honours what was
   * held by a client that watched with it. It takes at most the service's max-staleness, or the
   * call's deadline: then it says what is known. May be repeated. A token that was not revoked is
   * FAILED_PRECONDITION, reason TOKEN_NOT_REVOKED.
   *
   * @return LAPSED, as a rule, where somebody has watched with the token just now: whether a client
   *     has heard of the end of its stream, nobody knows
   */
  public Spread awaitTokenEverywhere(String token) {
    return Blocking.await(async.awaitTokenEverywhere(token));
  }

  /**
   * Makes a support agent known; grants for the group cover the agent from then on. An id that was
   * ever used is ALREADY_EXISTS, reason ID_TAKEN. Not repeated by itself.
   */
  public SupportAgent registerAgent(SupportAgent agent) {
    return Blocking.await(async.registerAgent(agent));
  }
}
