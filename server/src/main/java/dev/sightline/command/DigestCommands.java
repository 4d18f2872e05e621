package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;

import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import org.jspecify.annotations.Nullable;

/** What people do about their digests. */
public final class DigestCommands {
  /** So that a digest fits into a message. */
  public static final int MOST_SUBSCRIPTIONS = 1_000;

  private DigestCommands() {}

  /** Puts a dashboard into the actor's digest. */
  public record Subscribe(Actor actor, DashboardId dashboard) implements Command<DashboardId> {
    @Override
    public Decision<DashboardId> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = DashboardCommands.seen(graph, actor, dashboard, Action.SUBSCRIBE);
      if (refusal != null) {
        return refused(refusal);
      }
      if (graph.facts().isSubscribed(actor.user(), dashboard)) {
        return unchanged(dashboard);
      }
      Refusal full = hasRoom(graph, actor.user());
      return full != null
          ? refused(full)
          : accepted(new SubscriptionChanged(dashboard, actor.user(), true), dashboard);
    }

    private static @Nullable Refusal hasRoom(OrgGraph graph, UserId user) {
      return graph.facts().subscriptions(user).size() < MOST_SUBSCRIPTIONS
          ? null
          : Refusal.of(
              Reason.TOO_LARGE,
              "A digest holds at most %d dashboards. Unsubscribe from others first."
                  .formatted(MOST_SUBSCRIPTIONS),
              "most",
              Integer.toString(MOST_SUBSCRIPTIONS));
    }
  }

  /** Takes a dashboard out of the actor's digest, whether or not it can be viewed or is there. */
  public record Unsubscribe(Actor actor, DashboardId dashboard) implements Command<DashboardId> {
    @Override
    public Decision<DashboardId> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = Stages.member(graph, actor);
      if (refusal != null) {
        return refused(refusal);
      }
      return graph.facts().isSubscribed(actor.user(), dashboard)
          ? accepted(new SubscriptionChanged(dashboard, actor.user(), false), dashboard)
          : unchanged(dashboard);
    }
  }
}
