package dev.sightline.benchmarks.decision;

import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A client that holds 10,000 answers, two hash maps of as many ids, and questions about them whose
 * strings nobody has looked at.
 */
@State(Scope.Thread)
public class HeldAnswers {
  static final int HELD = 10_000;

  final String[] users = new String[Questions.AT_ONCE];
  final String[] dashboards = new String[Questions.AT_ONCE];
  private final Map<String, Integer> usersByName = new HashMap<>();
  private final Map<String, Integer> dashboardsByName = new HashMap<>();
  private final byte[][] userIds = new byte[HELD][];
  private final byte[][] dashboardIds = new byte[HELD][];
  private final int[] asked = new Random(1).ints(Questions.AT_ONCE, 0, HELD).toArray();
  private final NearNode node = new NearNode();
  private final Sightline client = Sightline.connect("127.0.0.1:" + node.port()).open();
  final Organization organization = client.organization("acme");

  public HeldAnswers() {
    for (int i = 0; i < HELD; i++) {
      userIds[i] = LargeOrganization.user(i).getBytes(StandardCharsets.UTF_8);
      dashboardIds[i] = LargeOrganization.dashboard(i).getBytes(StandardCharsets.UTF_8);
    }
    // In the order in which things are asked for, not laid out side by side.
    for (int i : inAnyOrder()) {
      usersByName.put(LargeOrganization.user(i), i);
    }
    for (int i : inAnyOrder()) {
      dashboardsByName.put(LargeOrganization.dashboard(i), i);
    }
    for (int i : inAnyOrder()) {
      hold(LargeOrganization.user(i), LargeOrganization.dashboard(i));
    }
  }

  private static List<Integer> inAnyOrder() {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < HELD; i++) {
      all.add(i);
    }
    Collections.shuffle(all, new Random(2));
    return all;
  }

  private void hold(String user, String dashboard) {
    while (!organization.canView(user, dashboard).evidence().held()) {
      Thread.onSpinWait();
    }
  }

  @Setup(Level.Invocation)
  public void make() {
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      users[i] = new String(userIds[asked[i]], StandardCharsets.UTF_8);
      dashboards[i] = new String(dashboardIds[asked[i]], StandardCharsets.UTF_8);
    }
  }

  int user(String id) {
    return usersByName.getOrDefault(id, -1);
  }

  int dashboard(String id) {
    return dashboardsByName.getOrDefault(id, -1);
  }

  /** Whatever was asked in place of being held would be in the figures. */
  @TearDown
  public void close() {
    var statistics = client.nearCache();
    client.close();
    node.close();
    if (statistics.hits() > 0 && statistics.misses() > statistics.hits() / 1_000 + 10 * HELD) {
      throw new IllegalStateException("Too much was asked: " + statistics);
    }
  }
}
