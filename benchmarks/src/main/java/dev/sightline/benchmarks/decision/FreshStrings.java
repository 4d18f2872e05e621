package dev.sightline.benchmarks.decision;

import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The questions' ids as strings that nobody has looked at: as in every request. A string that was
 * looked up before knows its hash code, which flatters.
 */
@State(Scope.Thread)
public class FreshStrings {
  final String[] users = new String[Questions.AT_ONCE];
  final String[] dashboards = new String[Questions.AT_ONCE];

  private final EncodedIds ids = EncodedIds.all();

  /** Makes them all anew. */
  @Setup(Level.Invocation)
  public void make(Questions questions) {
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      users[i] = fresh(ids.users()[questions.user(i)]);
      dashboards[i] = fresh(ids.dashboards()[questions.dashboard(i)]);
    }
  }

  private static String fresh(byte[] encoded) {
    return new String(encoded, StandardCharsets.UTF_8);
  }
}
