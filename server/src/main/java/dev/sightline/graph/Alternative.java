package dev.sightline.graph;

import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.util.List;

/**
 * What a level would be if something happened.
 *
 * @param supposing what happens, and nothing else
 * @param then the level of then, which may be the same, with its reason
 */
public record Alternative(Supposition supposing, Explanation then) {
  /**
   * What would change a level: each fact that decided taken away, or, where nothing but the default
   * decided, what would replace it. The passing of time comes first. Empty for who or what is
   * unknown.
   *
   * <p>Each is found by {@link AccessRules} on a graph to which the supposed change was applied, so
   * nothing here knows the rules a second time.
   */
  public static List<Alternative> to(OrgGraph graph, UserId person, DashboardId dashboard) {
    return new Alternatives(graph, person, dashboard).all();
  }
}
