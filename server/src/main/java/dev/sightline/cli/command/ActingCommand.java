package dev.sightline.cli.command;

import com.google.protobuf.MessageOrBuilder;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.Actor;
import dev.sightline.v1.Written;
import java.util.UUID;
import picocli.CommandLine.Option;

/** A command that a person does. */
abstract class ActingCommand extends OrganizationCommand {
  @Option(
      names = "--as",
      paramLabel = "USER",
      description =
          "Who does it; ORGANIZATION/USER for somebody of another one. Env: SIGHTLINE_ACTOR.")
  private String actor = "";

  ActingCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void checkUsage() {
    super.checkUsage();
    if (actor.isEmpty()) {
      throw CommandFailure.usage("Say who does it: --as USER, or set SIGHTLINE_ACTOR.");
    }
  }

  Actor actor() {
    return ActorText.actor(actor);
  }

  /** A write of its own: the same command once more is another one. */
  static String newKey() {
    return UUID.randomUUID().toString();
  }

  /** Says what was written. */
  static ExitCode written(
      Output output, MessageOrBuilder response, Written written, String sentence) {
    output.document(response);
    output.line(
        written.getChanged()
            ? sentence + output.style().faint("  (revision " + written.getRevision() + ")")
            : sentence + " It was so already: nothing changed.");
    return ExitCode.DONE;
  }
}
