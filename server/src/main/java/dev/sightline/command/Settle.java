package dev.sightline.command;

import java.util.List;

/**
 * Asks for nothing: what is due because time has passed is written before any command is decided.
 */
public record Settle() implements Command<Boolean> {
  @Override
  public Decision<Boolean> decide(Situation situation) {
    return new Decision.Accepted<>(List.of(), List.of(), true);
  }
}
