package dev.sightline.command;

/**
 * Something that somebody asks for. Deciding is pure: the same situation gives the same decision,
 * and nothing outside it is read or changed.
 *
 * @param <R> what is told to whoever asked, once it is done
 */
public interface Command<R> {
  /** What is to be done, or why not. Stages of refusal come in the order of the rules. */
  Decision<R> decide(Situation situation);
}
