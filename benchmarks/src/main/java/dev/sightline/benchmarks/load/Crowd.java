package dev.sightline.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many watches on the same server, all of which want the same. */
final class Crowd implements AutoCloseable {
  private static final int SECONDS_TO_BE_TOLD = 60;

  private final List<Lookout> lookouts = new ArrayList<>();
  private final long[] toldAt;
  private volatile CountDownLatch untold = new CountDownLatch(0);

  private Crowd(int size) {
    toldAt = new long[size];
  }

  /** Opens so many, as many on each connection, and waits until they have begun. */
  static Crowd open(List<Caller> connections, int size) {
    Crowd crowd = new Crowd(size);
    int onEach = size / connections.size();
    for (Caller connection : connections) {
      List<Lookout> opened = new ArrayList<>();
      for (int i = 0; i < onEach; i++) {
        int number = crowd.lookouts.size() + i;
        opened.add(Lookout.open(connection, () -> crowd.told(number)));
      }
      opened.forEach(Lookout::awaitStarted);
      crowd.lookouts.addAll(opened);
    }
    return crowd;
  }

  /** Revokes something; gives the nanoseconds between the first that is told of it and the last. */
  long tell(Revoker revoker) throws InterruptedException {
    revoker.grant();
    var all = new CountDownLatch(lookouts.size());
    untold = all;
    revoker.revoke().join();
    if (!all.await(SECONDS_TO_BE_TOLD, TimeUnit.SECONDS)) {
      throw new IllegalStateException(all.getCount() + " watches were not told of a revocation");
    }
    long[] sorted = toldAt.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] - sorted[0];
  }

  private void told(int number) {
    toldAt[number] = System.nanoTime();
    untold.countDown();
  }

  @Override
  public void close() {
    lookouts.forEach(Lookout::close);
    lookouts.forEach(Lookout::awaitClosed);
  }
}
