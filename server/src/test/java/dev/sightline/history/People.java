package dev.sightline.history;

import dev.sightline.client.Position;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One organization as its writers know it, for all who ask about it. Safe for threads. */
final class People {
  static final int USERS = 10;
  static final int DASHBOARDS = 8;
  static final int TEAMS = 3;

  final int organization;
  private final AtomicReference<Population> population = new AtomicReference<>(Population.NOBODY);
  private final AtomicReference<@Nullable Position> latest = new AtomicReference<>();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger dashboards = new AtomicInteger();
  private final AtomicInteger teams = new AtomicInteger();
  private final AtomicInteger retiredUsers = new AtomicInteger();
  private final AtomicInteger retiredDashboards = new AtomicInteger();

  People(int organization) {
    this.organization = organization;
  }

  String id() {
    return Ids.organization(organization);
  }

  Population population() {
    return population.get();
  }

  /** What a writer was told last of all; null if nothing. */
  @Nullable Position latest() {
    return latest.get();
  }

  void told(Position position) {
    latest.set(position);
  }

  int newUser() {
    return users.incrementAndGet();
  }

  int newDashboard() {
    return dashboards.incrementAndGet();
  }

  /** The next of those who nobody asks about any more; 0 if there is none. */
  int retiredUser() {
    return next(retiredUsers, users.get() - USERS - 2);
  }

  /** The same of dashboards. */
  int retiredDashboard() {
    return next(retiredDashboards, dashboards.get() - DASHBOARDS - 2);
  }

  private static int next(AtomicInteger counter, int last) {
    return counter.get() < last ? counter.incrementAndGet() : 0;
  }

  int newTeam() {
    return teams.incrementAndGet();
  }

  int lastTeam() {
    return teams.get();
  }

  void hasUser(int user) {
    population.updateAndGet(now -> now.withUser(user, USERS + 2));
  }

  void hasDashboard(int dashboard) {
    population.updateAndGet(now -> now.withDashboard(dashboard, DASHBOARDS + 2));
  }
}
