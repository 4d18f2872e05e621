package dev.sightline.cli.command;

import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Consistency;
import picocli.CommandLine.Option;

/** A question that has no actor: what a trusted service asks. */
abstract class QuestionCommand extends OrganizationCommand {
  @Option(names = "--fresh", description = "As new as the database is now, at some cost in time.")
  private boolean fresh;

  QuestionCommand(Terminal terminal) {
    super(terminal);
  }

  Consistency consistency() {
    return fresh
        ? Consistency.newBuilder().setFullyConsistent(true).build()
        : Consistency.newBuilder().setMinimizeLatency(true).build();
  }
}
