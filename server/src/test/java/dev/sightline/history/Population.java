package dev.sightline.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Who and what is asked about in one organization, as far as the writers know: some are deleted
 * already, some are not yet there.
 */
record Population(List<Integer> users, List<Integer> dashboards) {
  static final Population NOBODY = new Population(List.of(0), List.of(0));

  Population {
    users = List.copyOf(users);
    dashboards = List.copyOf(dashboards);
  }

  int anyUser(RandomGenerator random) {
    return users.get(random.nextInt(users.size()));
  }

  int anyDashboard(RandomGenerator random) {
    return dashboards.get(random.nextInt(dashboards.size()));
  }

  /** With one more; the oldest but the first goes once there are too many. */
  Population withUser(int user, int most) {
    return new Population(added(users, user, most), dashboards);
  }

  Population withDashboard(int dashboard, int most) {
    return new Population(users, added(dashboards, dashboard, most));
  }

  private static List<Integer> added(List<Integer> all, int one, int most) {
    List<Integer> added = new ArrayList<>(all);
    added.add(one);
    if (added.size() > most) {
      added.subList(1, 2).clear();
    }
    return added;
  }

  /** The newest of them. */
  Population few(int most) {
    return new Population(newest(users, most), newest(dashboards, most));
  }

  private static List<Integer> newest(List<Integer> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  String text() {
    return text(users) + " " + text(dashboards);
  }

  private static String text(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  static Population ofText(String users, String dashboards) {
    return new Population(numbers(users), numbers(dashboards));
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }
}
