package dev.sightline.scenario;

import dev.sightline.v1.Action;
import dev.sightline.v1.Because;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.Role;
import dev.sightline.v1.UserStatus;

/** The words of scenarios, which are those of the contract without their prefix. */
final class Words {
  private Words() {}

  static Level level(String word) {
    return Level.valueOf("LEVEL_" + word);
  }

  static Role role(String word) {
    return Role.valueOf("ROLE_" + word);
  }

  static Action action(String word) {
    return Action.valueOf("ACTION_" + word);
  }

  static ListPurpose purpose(String word) {
    return ListPurpose.valueOf("LIST_PURPOSE_" + word);
  }

  static Value of(Level level) {
    return Value.of(word(level));
  }

  static Value of(Because because) {
    return without("BECAUSE_", because);
  }

  static Value of(UserStatus status) {
    return without("USER_STATUS_", status);
  }

  /** A level as it stands within a line. */
  static String word(Level level) {
    return stripped("LEVEL_", level);
  }

  private static Value without(String prefix, Enum<?> word) {
    return Value.of(stripped(prefix, word));
  }

  private static String stripped(String prefix, Enum<?> word) {
    String name = word.name();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
