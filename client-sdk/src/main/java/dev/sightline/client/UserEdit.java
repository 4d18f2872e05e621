package dev.sightline.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a user's name, e-mail address and title; what is not said stays.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 */
public final class UserEdit {
  private static final UserEdit EMPTY = new UserEdit(null, null, null);

  private final @Nullable String name;
  private final @Nullable String email;
  private final @Nullable String title;

  private UserEdit(@Nullable String name, @Nullable String email, @Nullable String title) {
    this.name = name;
    this.email = email;
    this.title = title;
  }

  /** Nothing yet. */
  public static UserEdit empty() {
    return EMPTY;
  }

  /** With this name, 1 to 200 characters. */
  public UserEdit withName(String name) {
    return new UserEdit(name, email, title);
  }

  /** With this e-mail address; one in use is ALREADY_EXISTS, reason EMAIL_TAKEN. */
  public UserEdit withEmail(String email) {
    return new UserEdit(name, email, title);
  }

  /** With this title, up to 200 characters; empty takes it away. */
  public UserEdit withTitle(String title) {
    return new UserEdit(name, email, title);
  }

  /** The new name; empty if it stays. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The new e-mail address; empty if it stays. */
  public Optional<String> email() {
    return Optional.ofNullable(email);
  }

  /** The new title; empty if it stays. */
  public Optional<String> title() {
    return Optional.ofNullable(title);
  }
}
