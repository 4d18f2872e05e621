package dev.sightline.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the last letters in this process: for tests and stories. */
public final class MemoryPostbox implements Postbox {
  private static final int MOST = 10_000;

  private final Map<Long, Letter> letters = new LinkedHashMap<>();

  @Override
  public synchronized Delivery deliver(Letter letter) {
    letters.put(letter.id(), letter);
    if (letters.size() > MOST) {
      letters.remove(letters.keySet().iterator().next());
    }
    return new Delivery.Taken();
  }

  @Override
  public synchronized @Nullable Letter read(long id) {
    return letters.get(id);
  }

  @Override
  public synchronized void close() {
    letters.clear();
  }
}
