package dev.sightline.command;

import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.UserFacts;
import dev.sightline.command.UserCommands.UserResult;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Refusal;
import dev.sightline.model.Role;
import dev.sightline.model.UserId;

/** Who may use Active Response, and the second factor that using it takes. */
public final class ActiveResponseCommands {
  private ActiveResponseCommands() {}

  /** Grants Active Response, or takes it away. */
  public record SetActiveResponse(Actor actor, UserId user, boolean granted)
      implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = first(() -> Stages.admin(situation, actor), () -> Stages.user(graph, user));
      if (refusal != null) {
        return refused(refusal);
      }
      UserFacts after = Stages.known(graph, user).withActiveResponse(granted);
      return UserCommands.changed(situation, user, after);
    }
  }

  /** The actor has enrolled a second factor. */
  public record EnrollSecondFactor(Actor actor) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = Stages.member(graph, actor);
      if (refusal != null) {
        return refused(refusal);
      }
      UserFacts after = Stages.known(graph, actor.user()).withSecondFactor(true);
      return UserCommands.changed(situation, actor.user(), after);
    }
  }

  /** A user has no second factor any more. */
  public record RemoveSecondFactor(Actor actor, UserId user) implements Command<UserResult> {
    @Override
    public Decision<UserResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Role least = actor.user().equals(user) ? Role.ANALYST : Role.ADMIN;
      Refusal refusal =
          first(() -> Stages.role(graph, actor, least), () -> Stages.user(graph, user));
      if (refusal != null) {
        return refused(refusal);
      }
      UserFacts after = Stages.known(graph, user).withSecondFactor(false);
      return UserCommands.changed(situation, user, after);
    }
  }
}
