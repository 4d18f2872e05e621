package dev.sightline.benchmarks.decision;

import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The organization's ids in two hash maps of the platform. */
@State(Scope.Thread)
public class StringMaps {
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> dashboards = new HashMap<>();

  public StringMaps() {
    for (int i = 0; i < LargeOrganization.USERS; i++) {
      users.put(LargeOrganization.user(i), i);
    }
    for (int i = 0; i < LargeOrganization.DASHBOARDS; i++) {
      dashboards.put(LargeOrganization.dashboard(i), i);
    }
  }

  int user(String id) {
    return users.getOrDefault(id, -1);
  }

  int dashboard(String id) {
    return dashboards.getOrDefault(id, -1);
  }
}
