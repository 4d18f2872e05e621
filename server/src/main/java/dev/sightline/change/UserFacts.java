package dev.sightline.change;

import dev.sightline.model.Role;
import dev.sightline.model.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides about a user.
 *
 * @param status INVITED, ACTIVE or DISABLED; somebody deleted has no facts
 * @param createdAt when the account was made; microsecond precision
 * @param adminSince when the ADMIN role was given, null for any other role
 * @param activeResponse whether Active Response is granted
 * @param secondFactor whether a second factor is enrolled
 */
public record UserFacts(
    Role role,
    Status status,
    Instant createdAt,
    @Nullable Instant adminSince,
    boolean activeResponse,
    boolean secondFactor) {
  public UserFacts {
    if ((role == Role.ADMIN) != (adminSince != null)) {
      throw new IllegalArgumentException("exactly an ADMIN has an instant since when: " + role);
    }
    if (status == Status.DELETED) {
      throw new IllegalArgumentException("a deleted user has no facts");
    }
  }

  public UserFacts withStatus(Status status) {
    return new UserFacts(role, status, createdAt, adminSince, activeResponse, secondFactor);
  }

  /** With another role; {@code at} counts as the instant since when if that role is ADMIN. */
  public UserFacts withRole(Role role, Instant at) {
    Instant since = role != Role.ADMIN ? null : adminSince != null ? adminSince : at;
    return new UserFacts(role, status, createdAt, since, activeResponse, secondFactor);
  }

  public UserFacts withActiveResponse(boolean granted) {
    return new UserFacts(role, status, createdAt, adminSince, granted, secondFactor);
  }

  public UserFacts withSecondFactor(boolean enrolled) {
    return new UserFacts(role, status, createdAt, adminSince, activeResponse, enrolled);
  }

  public boolean isActiveAdmin() {
    return role == Role.ADMIN && status == Status.ACTIVE;
  }
}
