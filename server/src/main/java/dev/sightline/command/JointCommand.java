package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody asks for about several organizations, decided while all of them are
 * locked: it happens in each of them or in none. Deciding is pure, as for a {@link Command}.
 *
 * @param <R> what is told to whoever asked, once it is done
 */
public interface JointCommand<R> {
  /**
   * An organization of the realm in which it is decided: the realm's root is locked, too, and
   * organizations outside of the realm are as good as unknown. Null: whatever realm they are in.
   */
  @Nullable OrganizationId within();

  /** The organizations that it is about, none twice. */
  List<OrganizationId> organizations();

  /** Stage 1, of what depends on when it is said: asked before anything is looked for. */
  default @Nullable Refusal outOfRange(Instant now) {
    return null;
  }

  /** What is to be done, or why not. Stages of refusal come in the order of the rules. */
  JointDecision<R> decide(JointSituation situation);
}
