package dev.sightline.cli.command;

import dev.sightline.v1.Actor;

/**
 * Who acts, as people write it: {@code ada}, or {@code acme/ada} for a user of another
 * organization.
 */
final class ActorText {
  private ActorText() {}

  static Actor actor(String text) {
    int slash = text.indexOf('/');
    return Actor.newBuilder()
        .setOrganizationId(slash < 0 ? "" : text.substring(0, slash))
        .setUserId(text.substring(slash + 1))
        .build();
  }
}
