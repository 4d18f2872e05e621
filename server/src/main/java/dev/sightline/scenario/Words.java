package dev.sightline.scenario;

import dev.sightline.v1.Action;
import dev.sightline.v1.Because;
import dev.sightline.v1.GrantStatus;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.SupportRole;
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

  static SupportRole supportRole(String word) {
    return SupportRole.valueOf("SUPPORT_ROLE_" + word);
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

  /** Approving as this level, for the service to refuse where one cannot. */
  static RequestDecision approval(String level) {
    return switch (level) {
      case "VIEWER" -> RequestDecision.REQUEST_DECISION_APPROVE_VIEWER;
      case "EDITOR" -> RequestDecision.REQUEST_DECISION_APPROVE_EDITOR;
      default -> RequestDecision.REQUEST_DECISION_UNSPECIFIED;
    };
  }

  static Value of(RequestStatus status) {
    return without("REQUEST_STATUS_", status);
  }

  static Value of(LinkOutcome outcome) {
    return without("LINK_OUTCOME_", outcome);
  }

  static Value of(UserStatus status) {
    return without("USER_STATUS_", status);
  }

  /** A level as it stands within a line. */
  static String word(Level level) {
    return stripped("LEVEL_", level);
  }

  static String word(GrantStatus status) {
    return stripped("GRANT_STATUS_", status);
  }

  private static Value without(String prefix, Enum<?> word) {
    return Value.of(stripped(prefix, word));
  }

  private static String stripped(String prefix, Enum<?> word) {
    String name = word.name();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
