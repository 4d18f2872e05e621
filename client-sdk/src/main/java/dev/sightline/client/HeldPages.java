package dev.sightline.client;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Pages of lists that a near-cache holds: each as it came, dead by any event that touches its user
 * or may touch everybody's list. They count as many entries as they have items, and one.
 *
 * <p>Guarded by the near-cache's lock.
 */
final class HeldPages {
  /** Whose list, what is asked for of it, and where the page begins. */
  record Key(String user, ListOptions options, String token) {}

  /**
   * A page.
   *
   * @param told whether its position is known to be of the log that is told of
   * @param diesAt until when it holds by itself
   */
  record Held(Page<VisibleDashboard> page, boolean told, long diesAt) {
    int weight() {
      return page.items().size() + 1;
    }
  }

  private record Place(Generation generation, Key key) {}

  private final int most;
  private final SequencedMap<Place, Held> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Generation, Map<String, Map<Place, Held>>> byUser = new HashMap<>();
  private int weight;
  private long evictions;

  HeldPages(int most) {
    this.most = most;
  }

  @Nullable Held find(Generation generation, Key key) {
    return byUse.get(new Place(generation, key));
  }

  void put(Generation generation, Key key, Held held) {
    var place = new Place(generation, key);
    remove(place);
    if (held.weight() > most) {
      return;
    }
    byUse.put(place, held);
    byUser
        .computeIfAbsent(generation, _ -> new HashMap<>())
        .computeIfAbsent(key.user(), _ -> new HashMap<>())
        .put(place, held);
    weight += held.weight();
    while (weight > most) {
      remove(byUse.firstEntry().getKey());
      evictions++;
    }
  }

  private void remove(Place place) {
    var gone = byUse.remove(place);
    if (gone == null) {
      return;
    }
    weight -= gone.weight();
    byUser.computeIfPresent(
        place.generation(),
        (_, users) -> {
          users.computeIfPresent(
              place.key().user(),
              (_, pages) -> {
                pages.remove(place);
                return pages.isEmpty() ? null : pages;
              });
          return users.isEmpty() ? null : users;
        });
  }

  /** Drops what is held of a user's list from before a position; says how many pages. */
  int dropUser(Generation generation, String user, Position before) {
    var pages = byUser.getOrDefault(generation, Map.of()).get(user);
    if (pages == null) {
      return 0;
    }
    int dropped = 0;
    for (var place : List.copyOf(pages.entrySet())) {
      if (place.getValue().page().position().isBefore(before)) {
        remove(place.getKey());
        dropped++;
      }
    }
    return dropped;
  }

  /** Drops everybody's. */
  int dropAll(Generation generation) {
    int dropped = 0;
    for (var pages : List.copyOf(byUser.getOrDefault(generation, Map.of()).values())) {
      for (var place : List.copyOf(pages.keySet())) {
        remove(place);
        dropped++;
      }
    }
    return dropped;
  }

  int weight() {
    return weight;
  }

  int size() {
    return byUse.size();
  }

  long evictions() {
    return evictions;
  }
}
