package dev.sightline.cli.command;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.v1.User;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Users, for people. */
final class UserTable {
  private UserTable() {}

  static void print(Output output, List<User> users) {
    var table = new Table("USER", "NAME", "E-MAIL", "TITLE", "ROLE", "STATUS", "SINCE", "HAS");
    for (User user : users) {
      table.row(
          user.getId(),
          user.getName(),
          user.getEmail(),
          Names.orDash(user.getTitle()),
          Names.of(user.getRole()),
          Names.of(user.getStatus()),
          Names.time(user.getCreatedAtMicros()),
          Names.orDash(facts(user)));
    }
    output.table(table, "There are no users.");
  }

  /** What Active Response takes. */
  private static String facts(User user) {
    return Stream.of(
            user.getActiveResponse() ? "active response" : "",
            user.getSecondFactor() ? "second factor" : "")
        .filter(fact -> !fact.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
