package dev.sightline.benchmarks.decision;

import it.unimi.dsi.fastutil.longs.Long2ByteOpenHashMap;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A million entries in a hash map from a long to a byte, as fast as such maps are. */
@State(Scope.Thread)
public class PrimitiveMap {
  final Long2ByteOpenHashMap map = new Long2ByteOpenHashMap(LargeOrganization.ENTRIES);

  /** Which entries are read in an invocation. */
  final long[] keys = new long[Questions.AT_ONCE];

  private final long[] all = new long[LargeOrganization.ENTRIES];
  private final SplittableRandom random = new SplittableRandom(2);

  public PrimitiveMap() {
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextLong();
      map.put(all[i], (byte) i);
    }
  }

  /** Draws the next keys. */
  @Setup(Level.Invocation)
  public void draw() {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = all[random.nextInt(all.length)];
    }
  }
}
