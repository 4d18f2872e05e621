package dev.sightline.auth;

/**
 * Whoever makes a call: a service, not a person.
 *
 * @param tokenId the token's id, which is the caller's name in the log, for idempotency and for
 *     cursors; no secret
 */
public record Caller(String tokenId, Scopes scopes, Binding binding) {
  /** Whoever calls a server that was started with {@code --insecure-local}. */
  public static final Caller LOCAL = new Caller("local", Scopes.ALL, Binding.ALL);

  /** Whether this caller runs the service, and so administers every token. */
  public boolean isOperator() {
    return scopes.contains(Scope.OPERATE) && binding instanceof Binding.All;
  }
}
