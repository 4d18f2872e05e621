package dev.sightline.benchmarks.decision;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The questions' ids as they stand in requests: UTF-8, one behind the other. */
@State(Scope.Thread)
public class RequestBytes {
  static final int USER_LENGTH = LargeOrganization.user(0).length();
  static final int LENGTH = USER_LENGTH + LargeOrganization.dashboard(0).length();

  final byte[] bytes = new byte[LENGTH * Questions.AT_ONCE];

  private final EncodedIds ids = EncodedIds.all();

  /** Writes them. */
  @Setup(Level.Invocation)
  public void write(Questions questions) {
    for (int i = 0; i < Questions.AT_ONCE; i++) {
      put(ids.users()[questions.user(i)], i * LENGTH);
      put(ids.dashboards()[questions.dashboard(i)], i * LENGTH + USER_LENGTH);
    }
  }

  private void put(byte[] id, int at) {
    System.arraycopy(id, 0, bytes, at, id.length);
  }
}
