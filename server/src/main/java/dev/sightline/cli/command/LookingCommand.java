package dev.sightline.cli.command;

import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Actor;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that looks at something, as a person or as the calling service itself. */
abstract class LookingCommand extends OrganizationCommand {
  @Option(
      names = "--as",
      paramLabel = "USER",
      description =
          "As whom to look, ORGANIZATION/USER for somebody of another one; left out: as the calling"
              + " service. Env: SIGHTLINE_ACTOR.")
  private String actor = "";

  LookingCommand(Terminal terminal) {
    super(terminal);
  }

  Optional<Actor> actor() {
    return actor.isEmpty() ? Optional.empty() : Optional.of(ActorText.actor(actor));
  }
}
