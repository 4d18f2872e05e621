package dev.sightline.benchmarks.decision;

import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
      var user = LargeOrganization.user(i);
      var dashboard = LargeOrganization.dashboard(i);
      usersByName.put(user, i);
      dashboardsByName.put(dashboard, i);
      userIds[i] = user.getBytes(StandardCharsets.UTF_8);
      dashboardIds[i] = dashboard.getBytes(StandardCharsets.UTF_8);
    }
    for (int i = 0; i < HELD; i++) {
      hold(LargeOrganization.user(i), LargeOrganization.dashboard(i));
    }
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
