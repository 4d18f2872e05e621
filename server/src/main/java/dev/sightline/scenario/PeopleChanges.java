package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.NEW_ID;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.ROLE;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.NewUser;
import dev.sightline.v1.UpdateUserRequest;
import java.util.List;

/** Changes of the people in an organization. */
final class PeopleChanges {
  private static final Parameters USER = Parameters.of(required("user", TEXT));

  /** What adding and inviting take alike. */
  static final Parameters NEW_USER =
      Parameters.of(
          required("id", NEW_ID),
          required("name", TEXT),
          required("email", TEXT),
          optional("role", ROLE),
          optional("title", TEXT));

  static final List<Operation> ALL =
      List.of(
          change("add_user", NEW_USER, PeopleChanges::addUser),
          change(
              "update_user",
              Parameters.of(
                  required("user", TEXT),
                  optional("name", TEXT),
                  optional("email", TEXT),
                  optional("title", TEXT)),
              PeopleChanges::updateUser),
          change(
              "change_role",
              Parameters.of(required("user", TEXT), required("role", ROLE)),
              PeopleChanges::changeRole),
          change("disable_user", USER, PeopleChanges::disableUser),
          change("enable_user", USER, PeopleChanges::enableUser),
          change("delete_user", USER, PeopleChanges::deleteUser));

  private PeopleChanges() {}

  private static Value addUser(Call call, Arguments in) {
    var request =
        AddUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUser(newUser(in))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().addUser(request).getWritten());
  }

  static NewUser newUser(Arguments in) {
    var user =
        NewUser.newBuilder()
            .setId(in.text("id"))
            .setName(in.text("name"))
            .setEmail(in.text("email"));
    in.ifText("role", role -> user.setRole(Words.role(role)));
    in.ifText("title", user::setTitle);
    return user.build();
  }

  private static Value updateUser(Call call, Arguments in) {
    var request =
        UpdateUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setIdempotencyKey(call.key());
    in.ifText("name", request::setName);
    in.ifText("email", request::setEmail);
    in.ifText("title", request::setTitle);
    return call.wrote(call.directory().updateUser(request.build()).getWritten());
  }

  private static Value changeRole(Call call, Arguments in) {
    var request =
        ChangeRoleRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setRole(Words.role(in.text("role")))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().changeRole(request).getWritten());
  }

  private static Value disableUser(Call call, Arguments in) {
    var request =
        DisableUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().disableUser(request).getWritten());
  }

  private static Value enableUser(Call call, Arguments in) {
    var request =
        EnableUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().enableUser(request).getWritten());
  }

  private static Value deleteUser(Call call, Arguments in) {
    var request =
        DeleteUserRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().deleteUser(request).getWritten());
  }
}
