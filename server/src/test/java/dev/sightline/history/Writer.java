package dev.sightline.history;

import dev.sightline.client.AccessChange;
import dev.sightline.client.AccessEntry;
import dev.sightline.client.Actor;
import dev.sightline.client.Code;
import dev.sightline.client.Directory;
import dev.sightline.client.End;
import dev.sightline.client.Level;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewOrganization;
import dev.sightline.client.NewTeam;
import dev.sightline.client.NewUser;
import dev.sightline.client.Reason;
import dev.sightline.client.Role;
import dev.sightline.client.Sightline;
import dev.sightline.client.SightlineException;
import dev.sightline.client.Subject;
import dev.sightline.client.Written;
import dev.sightline.history.Acknowledged.Spread;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Changes organizations at random, and tells what it was told of it. */
final class Writer {
  private static final List<Level> GRANTED = List.of(Level.NONE, Level.VIEWER, Level.EDITOR);

  private static final int EVERYWHERE_OF = 3;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Sightline sightline;
  private final RandomGenerator random;
  private final Consumer<Acknowledged> told;
  private final Asker.Sink sink;
  private final boolean waits;

  /**
   * @param waits whether some writes wait until they are known everywhere
   */
  Writer(
      Sightline sightline,
      RandomGenerator random,
      Consumer<Acknowledged> told,
      Asker.Sink sink,
      boolean waits) {
    this.sightline = sightline;
    this.random = random;
    this.told = told;
    this.sink = sink;
    this.waits = waits;
  }

  /** A write with a name for stories. */
  private record Change(String what, Supplier<Written> make) {}

  /** Makes an organization with people, teams and dashboards. */
  void found(People people) {
    Written made =
        sightline
            .operator()
            .createOrganization(
                NewOrganization.of(people.id(), user(0).withRole(Role.ADMIN)).withId(people.id()))
            .written();
    people.told(made.position());
    for (int i = 0; i < People.TEAMS; i++) {
      var _ = write(people, newTeam(people), false);
    }
    for (int i = 1; i < People.USERS; i++) {
      var _ = write(people, newUser(people), false);
    }
    for (int i = 0; i < People.DASHBOARDS; i++) {
      var _ = write(people, newDashboard(people), false);
    }
  }

  private static NewUser user(int number) {
    return NewUser.of("User " + number, "u" + number + "@example.test").withId(Ids.user(number));
  }

  /** Changes something. */
  void write(People people) {
    var _ = write(people, any(people), waits && random.nextInt(EVERYWHERE_OF) == 0);
  }

  /** Gives a user a level by entry, again and again until it is acknowledged. */
  void give(People people, int user, int dashboard, Level level) {
    Change change = giving(people, user, dashboard, level, End.never());
    long begin = System.nanoTime();
    while (!write(people, change, false) && System.nanoTime() - begin < LONGEST.toNanos()) {
      // The node finds its database again sooner or later.
    }
  }

  /** Gives any of the first users a level for good. */
  void giveAnyone(People people) {
    var _ =
        write(people, giving(people, anyFirst(), anyDashboard(), anyLevel(), End.never()), false);
  }

  /**
   * Gives any of the first users a level, maybe for a while; waits until it is known everywhere.
   */
  void giveAnyoneEverywhere(People people) {
    var _ = write(people, giving(people, anyFirst(), anyDashboard(), anyLevel(), anyEnd()), true);
  }

  /** Gives those who are asked about most a level on one dashboard, or none, for good. */
  void giveFew(People people) {
    giveFew(people, () -> random.nextInt(3) == 0 ? Level.NONE : anyLevel(), End::never);
  }

  /** Gives them a level on one dashboard, each for a short while. */
  void giveFewForAWhile(People people) {
    giveFew(people, this::anyLevel, () -> endWithin(600));
  }

  private void giveFew(People people, Supplier<Level> level, Supplier<End> end) {
    Population few = people.population().few(Asker.FEW);
    String dashboard = Ids.dashboard(few.anyDashboard(random));
    AccessChange all = AccessChange.empty();
    for (int user : few.users()) {
      all = all.set(new AccessEntry(Subject.user(Ids.user(user)), level.get(), end.get()));
    }
    AccessChange given = all;
    String what = "few on %s: %s".formatted(dashboard, few.users());
    Change change = new Change(what, () -> admin(people).changeAccess(dashboard, given).written());
    var _ = write(people, change, false);
  }

  private int anyFirst() {
    return 1 + random.nextInt(People.USERS - 1);
  }

  private int anyDashboard() {
    return 1 + random.nextInt(People.DASHBOARDS);
  }

  private Level anyLevel() {
    return random.nextBoolean() ? Level.EDITOR : Level.VIEWER;
  }

  private Change giving(People people, int user, int dashboard, Level level, End end) {
    var entry = new AccessEntry(Subject.user(Ids.user(user)), level, end);
    return new Change(
        "u%d on d%d: %s, %s".formatted(user, dashboard, level, end),
        () ->
            admin(people)
                .changeAccess(Ids.dashboard(dashboard), AccessChange.empty().set(entry))
                .written());
  }

  /** Whether it was acknowledged. */
  private boolean write(People people, Change change, boolean everywhere) {
    long begun = System.nanoTime();
    try {
      Written written = change.make().get();
      long known = System.nanoTime();
      tell(people, begun, known, written, change.what(), Spread.NOT_ASKED);
      people.told(written.position());
      if (everywhere) {
        awaitEverywhere(people, known, written, change.what());
      }
      return true;
    } catch (SightlineException e) {
      if ((e.code() == Code.INTERNAL && !Asker.isCut(e)) || e.code() == Code.INVALID_ARGUMENT) {
        sink.broken("%s was refused: %s".formatted(change.what(), e));
      } else if (e.is(Reason.POSITION_UNKNOWN)
          || e.code() == Code.UNAVAILABLE
          || e.code() == Code.DEADLINE_EXCEEDED) {
        sink.failed(begun, System.nanoTime(), "write " + e.code() + " " + e.reason());
      }
      return false;
    } catch (RuntimeException | AssertionError e) {
      sink.broken(change.what() + ": " + Stories.trace(e));
      return false;
    }
  }

  private void tell(
      People people, long begun, long known, Written written, String what, Spread spread) {
    told.accept(
        new Acknowledged(
            people.organization,
            begun,
            known,
            Token.of(written.position()),
            written.changed(),
            spread,
            what));
  }

  private void awaitEverywhere(People people, long begun, Written written, String what) {
    Spread spread =
        switch (sightline.organization(people.id()).awaitEverywhere(written.position())) {
          case dev.sightline.client.Spread.Confirmed _ -> Spread.CONFIRMED;
          case dev.sightline.client.Spread.Lapsed _ -> Spread.LAPSED;
          case dev.sightline.client.Spread.NotYet _, dev.sightline.client.Spread.Unknown _ ->
              Spread.NOT_YET;
        };
    tell(people, begun, System.nanoTime(), written, what, spread);
  }

  private Actor admin(People people) {
    return sightline.organization(people.id()).as(Ids.user(0));
  }

  private Directory directory(People people) {
    return admin(people).directory();
  }

  private Change any(People people) {
    Population now = people.population();
    int kind = random.nextInt(100);
    if (kind < 34) {
      return setEntry(people, Subject.user(someUser(now)));
    }
    if (kind < 46) {
      return removeEntry(people, Subject.user(someUser(now)));
    }
    if (kind < 56) {
      return setEntry(people, someTeam(people));
    }
    if (kind < 60) {
      return removeEntry(people, someTeam(people));
    }
    if (kind < 84) {
      return ofDashboard(people);
    }
    return ofPeople(people, now);
  }

  private Change ofDashboard(People people) {
    String dashboard = someDashboard(people.population());
    Actor admin = admin(people);
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        Level level = GRANTED.get(random.nextInt(GRANTED.size()));
        yield new Change(
            "default of %s to %s".formatted(dashboard, level),
            () ->
                admin
                    .changeAccess(dashboard, AccessChange.empty().withCompanyDefault(level))
                    .written());
      }
      case 4, 5 -> new Change("draft " + dashboard, () -> admin.makeDraft(dashboard));
      case 6, 7, 8 -> new Change("publish " + dashboard, () -> admin.publish(dashboard));
      case 9 -> {
        String to = someUser(people.population());
        yield new Change(
            "transfer %s to %s".formatted(dashboard, to),
            () -> admin.transferOwnership(dashboard, to));
      }
      case 10 -> {
        int retired = people.retiredDashboard();
        String gone = retired == 0 ? dashboard : Ids.dashboard(retired);
        yield new Change("delete " + gone, () -> admin.deleteDashboard(gone));
      }
      default -> newDashboard(people);
    };
  }

  private Change ofPeople(People people, Population now) {
    String user = someUser(now);
    Directory directory = directory(people);
    return switch (random.nextInt(14)) {
      case 0, 1 -> {
        Role role = Role.values()[random.nextInt(Role.values().length)];
        yield new Change(
            "role of %s to %s".formatted(user, role),
            () -> directory.changeRole(user, role).written());
      }
      case 2, 3 -> new Change("disable " + user, () -> directory.disableUser(user).written());
      case 4, 5, 6 -> new Change("enable " + user, () -> directory.enableUser(user).written());
      case 7 -> {
        int retired = people.retiredUser();
        String gone = retired == 0 ? user : Ids.user(retired);
        yield new Change("delete " + gone, () -> directory.deleteUser(gone).written());
      }
      case 8 -> newUser(people);
      case 9 -> {
        String team = someTeam(people).id();
        yield random.nextInt(4) == 0
            ? new Change("delete " + team, () -> directory.deleteTeam(team))
            : newTeam(people);
      }
      case 10, 11 -> {
        Subject team = someTeam(people);
        yield new Change(
            "take %s out of %s".formatted(user, team),
            () -> directory.removeTeamMember(team.id(), Subject.user(user)));
      }
      default -> {
        Subject team = someTeam(people);
        Subject member = random.nextInt(4) == 0 ? someTeam(people) : Subject.user(user);
        yield new Change(
            "put %s into %s".formatted(member, team),
            () -> directory.addTeamMember(team.id(), member));
      }
    };
  }

  private Change newUser(People people) {
    int number = people.newUser();
    return new Change(
        "add u" + number,
        () -> {
          people.hasUser(number);
          return directory(people).addUser(user(number)).written();
        });
  }

  private Change newDashboard(People people) {
    int number = people.newDashboard();
    Level level = GRANTED.get(random.nextInt(GRANTED.size()));
    NewDashboard dashboard =
        NewDashboard.named("Dashboard " + number)
            .withId(Ids.dashboard(number))
            .withCompanyDefault(level);
    return new Change(
        "create d" + number,
        () -> {
          people.hasDashboard(number);
          return admin(people).createDashboard(dashboard).written();
        });
  }

  private Change newTeam(People people) {
    int number = people.newTeam();
    return new Change(
        "create t" + number,
        () ->
            directory(people)
                .createTeam(NewTeam.named("Team " + number).withId(Ids.team(number)))
                .written());
  }

  private Change setEntry(People people, Subject subject) {
    String dashboard = someDashboard(people.population());
    Level level = GRANTED.get(random.nextInt(GRANTED.size()));
    End end = anyEnd();
    return new Change(
        "%s on %s: %s, %s".formatted(subject, dashboard, level, end),
        () ->
            admin(people)
                .changeAccess(
                    dashboard, AccessChange.empty().set(new AccessEntry(subject, level, end)))
                .written());
  }

  private End anyEnd() {
    return random.nextInt(3) == 0 ? endWithin(1_600) : End.never();
  }

  private End endWithin(int millis) {
    return End.after(Duration.ofMillis(random.nextInt(100, millis)));
  }

  private Change removeEntry(People people, Subject subject) {
    String dashboard = someDashboard(people.population());
    return new Change(
        "no entry of %s on %s".formatted(subject, dashboard),
        () ->
            admin(people).changeAccess(dashboard, AccessChange.empty().remove(subject)).written());
  }

  private String someUser(Population now) {
    return Ids.user(now.users().get(1 + random.nextInt(now.users().size() - 1)));
  }

  private String someDashboard(Population now) {
    return Ids.dashboard(now.dashboards().get(1 + random.nextInt(now.dashboards().size() - 1)));
  }

  private Subject someTeam(People people) {
    int newest = people.lastTeam();
    return Subject.team(Ids.team(newest - random.nextInt(People.TEAMS)));
  }
}
