package dev.sightline.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Digests: of what somebody has subscribed to, what the VIEW check allows, drafts left out. */
public final class Digests {
  private Digests() {}

  /** The ordinals of all who have subscribed to anything, there or not, in the order of ids. */
  public static int[] subscribers(OrgGraph graph) {
    var people = graph.parts().people();
    int[] found =
        IntStream.range(0, people.size())
            .filter(at -> people.get(at) instanceof UserNode user && user.subscriptions.length > 0)
            .toArray();
    return IdOrder.sorted(found, at -> people.get(at).text);
  }

  /**
   * The ordinals of the dashboards in somebody's digest, in the order of ids.
   *
   * @param person an ordinal of the graph's lineage, -1 for somebody unknown
   */
  public static int[] of(OrgGraph graph, int person) {
    return subscriptions(graph, person, dashboard -> !graph.isDraft(dashboard));
  }

  /**
   * The ordinals of the dashboards that somebody has subscribed to and can view, drafts included,
   * in the order of ids.
   *
   * @param person an ordinal of the graph's lineage, -1 for somebody unknown
   */
  public static int[] visibleSubscriptions(OrgGraph graph, int person) {
    return subscriptions(graph, person, _ -> true);
  }

  private static int[] subscriptions(OrgGraph graph, int person, IntPredicate wanted) {
    if (!(graph.parts().people().present(person) instanceof UserNode user)) {
      return SortedInts.NONE;
    }
    int[] visible = new int[user.subscriptions.length];
    int size = 0;
    for (int dashboard : user.subscriptions) {
      if (AccessRules.allowsView(AccessRules.decide(graph, person, dashboard))
          && wanted.test(dashboard)) {
        visible[size++] = dashboard;
      }
    }
    var dashboards = graph.parts().dashboards();
    return IdOrder.sorted(Arrays.copyOf(visible, size), at -> dashboards.get(at).text);
  }
}
