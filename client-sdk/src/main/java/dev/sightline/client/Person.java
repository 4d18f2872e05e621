package dev.sightline.client;

/**
 * Somebody to share with.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="share"}
 *
 * @param user the id
 * @param name the name
 * @param email the e-mail address
 * @param role the role
 * @param status where the account stands; never DELETED
 */
public record Person(String user, String name, String email, Role role, UserStatus status) {}
