package dev.sightline.client;

import java.time.Instant;

/**
 * A user of an organization.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 *
 * @param id unique within the organization, never used again
 * @param name 1 to 200 characters
 * @param email unique among those not deleted, without regard to case
 * @param title up to 200 characters; may be empty
 * @param role the role
 * @param status where the account stands
 * @param createdAt when the account was made; microseconds
 */
public record User(
    String id,
    String name,
    String email,
    String title,
    Role role,
    UserStatus status,
    Instant createdAt) {}
