package dev.sightline.rpc;

import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.Action;
import dev.sightline.v1.Because;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.UserStatus;
import org.jspecify.annotations.Nullable;

/** The contract's enums and the rules', both ways. */
final class Enums {
  private Enums() {}

  static Level toProto(dev.sightline.model.Level level) {
    return switch (level) {
      case NONE -> Level.LEVEL_NONE;
      case VIEWER -> Level.LEVEL_VIEWER;
      case EDITOR -> Level.LEVEL_EDITOR;
      case OWNER -> Level.LEVEL_OWNER;
    };
  }

  /** NONE, VIEWER or EDITOR. */
  static dev.sightline.model.Level grantable(String field, Level level) {
    return switch (level) {
      case LEVEL_NONE -> dev.sightline.model.Level.NONE;
      case LEVEL_VIEWER -> dev.sightline.model.Level.VIEWER;
      case LEVEL_EDITOR -> dev.sightline.model.Level.EDITOR;
      case LEVEL_OWNER, LEVEL_UNSPECIFIED, UNRECOGNIZED ->
          throw unknown(field, level, "LEVEL_NONE, LEVEL_VIEWER or LEVEL_EDITOR");
    };
  }

  /** NONE, VIEWER or EDITOR, or null where it is left out. */
  static dev.sightline.model.@Nullable Level grantableOrNone(String field, Level level) {
    return level == Level.LEVEL_UNSPECIFIED ? null : grantable(field, level);
  }

  static Because toProto(dev.sightline.model.Because because) {
    return switch (because) {
      case UNKNOWN -> Because.BECAUSE_UNKNOWN;
      case INACTIVE -> Because.BECAUSE_INACTIVE;
      case OWNER -> Because.BECAUSE_OWNER;
      case ADMIN -> Because.BECAUSE_ADMIN;
      case DRAFT -> Because.BECAUSE_DRAFT;
      case USER_ENTRY -> Because.BECAUSE_USER_ENTRY;
      case TEAM_ENTRY -> Because.BECAUSE_TEAM_ENTRY;
      case COMPANY_DEFAULT -> Because.BECAUSE_COMPANY_DEFAULT;
      case SUPPORT_GRANT -> Because.BECAUSE_SUPPORT_GRANT;
    };
  }

  static Action toProto(dev.sightline.model.Action action) {
    return switch (action) {
      case VIEW -> Action.ACTION_VIEW;
      case INTERACT -> Action.ACTION_INTERACT;
      case COPY_LINK -> Action.ACTION_COPY_LINK;
      case SUBSCRIBE -> Action.ACTION_SUBSCRIBE;
      case DUPLICATE -> Action.ACTION_DUPLICATE;
      case EDIT -> Action.ACTION_EDIT;
      case RENAME -> Action.ACTION_RENAME;
      case MANAGE_ACCESS -> Action.ACTION_MANAGE_ACCESS;
      case SHARE -> Action.ACTION_SHARE;
      case EXPORT -> Action.ACTION_EXPORT;
      case DELETE -> Action.ACTION_DELETE;
      case TRANSFER_OWNERSHIP -> Action.ACTION_TRANSFER_OWNERSHIP;
      case SET_DRAFT -> Action.ACTION_SET_DRAFT;
    };
  }

  /** The action, or null for one that there is not. */
  static dev.sightline.model.@Nullable Action actionOrNull(Action action) {
    return switch (action) {
      case ACTION_VIEW -> dev.sightline.model.Action.VIEW;
      case ACTION_INTERACT -> dev.sightline.model.Action.INTERACT;
      case ACTION_COPY_LINK -> dev.sightline.model.Action.COPY_LINK;
      case ACTION_SUBSCRIBE -> dev.sightline.model.Action.SUBSCRIBE;
      case ACTION_DUPLICATE -> dev.sightline.model.Action.DUPLICATE;
      case ACTION_EDIT -> dev.sightline.model.Action.EDIT;
      case ACTION_RENAME -> dev.sightline.model.Action.RENAME;
      case ACTION_MANAGE_ACCESS -> dev.sightline.model.Action.MANAGE_ACCESS;
      case ACTION_SHARE -> dev.sightline.model.Action.SHARE;
      case ACTION_EXPORT -> dev.sightline.model.Action.EXPORT;
      case ACTION_DELETE -> dev.sightline.model.Action.DELETE;
      case ACTION_TRANSFER_OWNERSHIP -> dev.sightline.model.Action.TRANSFER_OWNERSHIP;
      case ACTION_SET_DRAFT -> dev.sightline.model.Action.SET_DRAFT;
      case ACTION_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  static dev.sightline.model.Action action(Action action) {
    dev.sightline.model.Action known = actionOrNull(action);
    if (known == null) {
      throw unknown("action", action, "one of the actions of sightline.v1.Action");
    }
    return known;
  }

  static Role toProto(dev.sightline.model.Role role) {
    return switch (role) {
      case ANALYST -> Role.ROLE_ANALYST;
      case MANAGER -> Role.ROLE_MANAGER;
      case ADMIN -> Role.ROLE_ADMIN;
    };
  }

  static dev.sightline.model.Role role(Role role) {
    return switch (role) {
      case ROLE_ANALYST -> dev.sightline.model.Role.ANALYST;
      case ROLE_MANAGER -> dev.sightline.model.Role.MANAGER;
      case ROLE_ADMIN -> dev.sightline.model.Role.ADMIN;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw unknown("role", role, "ROLE_ANALYST, ROLE_MANAGER or ROLE_ADMIN");
    };
  }

  /** The role; ANALYST where it is left out. */
  static dev.sightline.model.Role roleOrAnalyst(Role role) {
    return role == Role.ROLE_UNSPECIFIED ? dev.sightline.model.Role.ANALYST : role(role);
  }

  static UserStatus toProto(dev.sightline.model.Status status) {
    return switch (status) {
      case INVITED -> UserStatus.USER_STATUS_INVITED;
      case ACTIVE -> UserStatus.USER_STATUS_ACTIVE;
      case DISABLED -> UserStatus.USER_STATUS_DISABLED;
      case DELETED -> UserStatus.USER_STATUS_DELETED;
    };
  }

  static io.grpc.StatusRuntimeException unknown(String field, Object value, String expected) {
    return Requests.invalid(
        Reason.UNKNOWN_ENUM_VALUE, field, "%s is %s, not %s".formatted(field, value, expected));
  }
}
