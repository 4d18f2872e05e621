package dev.sightline.cli.command;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.v1.User;
import java.util.List;

/** Users, for people. */
final class UserTable {
  private UserTable() {}

  static void print(Output output, List<User> users) {
    var table = new Table("USER", "NAME", "E-MAIL", "TITLE", "ROLE", "STATUS", "SINCE");
    for (User user : users) {
      table.row(
          user.getId(),
          user.getName(),
          user.getEmail(),
          Names.orDash(user.getTitle()),
          Names.of(user.getRole()),
          Names.of(user.getStatus()),
          Names.time(user.getCreatedAtMicros()));
    }
    output.table(table, "There are no users.");
  }
}
