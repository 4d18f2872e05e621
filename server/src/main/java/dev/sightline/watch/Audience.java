package dev.sightline.watch;

import dev.sightline.graph.LevelChange;
import dev.sightline.model.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who watches an organization, by what they want: those who want the same are told the same bytes.
 * For one thread at a time.
 */
final class Audience {
  private static final int PROGRESS_REVISIONS = 256;
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Filter, Group> groups = new HashMap<>();
  private final Map<UserId, Set<Group>> byUser = new HashMap<>();
  private final Set<Group> ofEverybody = new HashSet<>();

  /** Those who want the same. */
  static final class Group {
    private final Filter filter;
    private final Set<Subscription> members = new LinkedHashSet<>();
    private Cursor told;
    private long toldAt = System.nanoTime();

    /** How many hold answers: they can use what is above their cursor only once they know of it. */
    private int holders;

    private Group(Filter filter, Cursor told) {
      this.filter = filter;
      this.told = told;
    }

    Filter filter() {
      return filter;
    }

    Collection<Subscription> members() {
      return members;
    }

    /** Notes that they have a cursor. */
    void told(Cursor cursor) {
      told = cursor;
      toldAt = System.nanoTime();
    }

    private boolean isBehind(Cursor now) {
      long revisions = now.revision() - told.revision();
      if (holders > 0 && (revisions > 0 || now.throughMicros() > told.throughMicros())) {
        return true;
      }
      return revisions >= PROGRESS_REVISIONS
          || (revisions > 0 && System.nanoTime() - toldAt >= PROGRESS_NANOS);
    }
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Lets somebody in who knows everything up to here. */
  void add(Subscription subscription, Cursor now) {
    Group group = groups.computeIfAbsent(subscription.filter(), filter -> opened(filter, now));
    if (group.members.add(subscription) && subscription.holdsAnswers()) {
      group.holders++;
    }
  }

  private Group opened(Filter filter, Cursor now) {
    Group group = new Group(filter, now);
    if (filter.users().isEmpty()) {
      ofEverybody.add(group);
    } else {
      filter.users().forEach(user -> byUser.computeIfAbsent(user, _ -> new HashSet<>()).add(group));
    }
    return group;
  }

  void remove(Subscription subscription) {
    Group group = groups.get(subscription.filter());
    if (group == null || !group.members.remove(subscription)) {
      return;
    }
    if (subscription.holdsAnswers()) {
      group.holders--;
    }
    if (group.members.isEmpty()) {
      close(group);
    }
  }

  private void close(Group group) {
    groups.remove(group.filter);
    ofEverybody.remove(group);
    for (UserId user : group.filter.users()) {
      byUser.computeIfPresent(
          user,
          (_, interested) -> {
            interested.remove(group);
            return interested.isEmpty() ? null : interested;
          });
    }
  }

  /** Everybody. */
  List<Subscription> all() {
    return groups.values().stream().flatMap(group -> group.members.stream()).toList();
  }

  /** Those whom a step may concern. */
  Collection<Group> concerned(Step step) {
    List<LevelChange> decided = step.decided();
    if (decided == null || byUser.isEmpty()) {
      return decided == null ? groups.values() : ofEverybody;
    }
    Set<Group> concerned = new HashSet<>(ofEverybody);
    for (LevelChange change : decided) {
      concerned.addAll(byUser.getOrDefault(change.user(), Set.of()));
    }
    return concerned;
  }

  /** Goes through those who have not been given a cursor for long, though there are newer ones. */
  void forEachBehind(Cursor now, Consumer<Group> tell) {
    List<Group> behind = new ArrayList<>();
    groups.values().stream().filter(group -> group.isBehind(now)).forEach(behind::add);
    behind.forEach(tell);
  }
}
