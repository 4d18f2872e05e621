package dev.sightline.cli.command;

import dev.sightline.v1.Actor;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose tokens, and who administers them: operators need say neither. */
final class TokenScope {
  @Option(
      names = {"-o", "--organization"},
      paramLabel = "ID",
      description = "The organization that tokens are bound to. Env: SIGHTLINE_ORGANIZATION.")
  private String organization = "";

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "An admin of that organization; left out by operators. Env: SIGHTLINE_ACTOR.")
  private String actor = "";

  String organization() {
    return organization;
  }

  /** An actor's own organization has to be said: nothing else in these requests names it. */
  Optional<Actor> actor() {
    return actor.isEmpty()
        ? Optional.empty()
        : Optional.of(Actor.newBuilder().setUserId(actor).setOrganizationId(organization).build());
  }
}
