package dev.sightline.client;

import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchedOrganization;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * What a watch tells, and from where on: everything from now on, unless said. Immutable: each
 * method returns another one.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="filters"}
 */
public final class WatchBuilder {
  private static final Duration PING_EVERY = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PING = Duration.ofMillis(10);
  private static final Duration LONGEST_PING = Duration.ofHours(1);

  private final Scope scope;
  private final StartWatch what;
  private final Cursors cursors;
  private final Duration pingEvery;

  private WatchBuilder(Scope scope, StartWatch what, Cursors cursors, Duration pingEvery) {
    this.scope = scope;
    this.what = what;
    this.cursors = cursors;
    this.pingEvery = pingEvery;
  }

  static WatchBuilder ofOrganizations(Scope scope, Collection<String> organizations) {
    var what = StartWatch.newBuilder();
    for (var organization : some("organization", organizations)) {
      what.addOrganizations(WatchedOrganization.newBuilder().setOrganizationId(organization));
    }
    return new WatchBuilder(scope, what.build(), Cursors.none(), PING_EVERY);
  }

  static WatchBuilder ofRealm(Scope scope, String root) {
    var what = StartWatch.newBuilder().setRealmId(root).build();
    return new WatchBuilder(scope, what, Cursors.none(), PING_EVERY);
  }

  static WatchBuilder ofEverything(Scope scope) {
    var what = StartWatch.newBuilder().setEverything(true).build();
    return new WatchBuilder(scope, what, Cursors.none(), PING_EVERY);
  }

  private WatchBuilder telling(StartWatch.Builder what) {
    return new WatchBuilder(scope, what.build(), cursors, pingEvery);
  }

  private static Collection<String> some(String kind, Collection<String> ids) {
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("There is no " + kind + " to watch; name at least one.");
    }
    return ids;
  }

  /**
   * Only the levels of these users and agents, up to 10,000. With users named, nothing is told as a
   * wide change.
   */
  public WatchBuilder users(Collection<String> ids) {
    return telling(what.toBuilder().clearUserIds().addAllUserIds(some("user", ids)));
  }

  /** Only the levels on these dashboards, up to 10,000. */
  public WatchBuilder dashboards(Collection<String> ids) {
    return telling(what.toBuilder().clearDashboardIds().addAllDashboardIds(some("dashboard", ids)));
  }

  /** Only changes downwards. */
  public WatchBuilder revocationsOnly() {
    return telling(what.toBuilder().setRevocationsOnly(true));
  }

  /** Every level change, even if one step changes millions: no wide changes. */
  public WatchBuilder exact() {
    return telling(what.toBuilder().setExact(true));
  }

  /**
   * Goes on after this cursor, in its organization, and from now on in the others.
   *
   * @throws IllegalArgumentException if it is of an organization that is not watched
   */
  public WatchBuilder after(Cursor cursor) {
    return after(new Cursors(Map.of(cursor.organization(), cursor), false));
  }

  /**
   * Goes on after these cursors: what an earlier watch, in this process or another, had told. The
   * organizations of a realm, or of everything, that they do not name are told from their creation
   * if the cursors are {@link Cursors#complete}, else from now on.
   *
   * @throws IllegalArgumentException if one is of an organization that is not watched
   */
  public WatchBuilder after(Cursors cursors) {
    if (what.getScopeCase() == StartWatch.ScopeCase.SCOPE_NOT_SET) {
      var watched =
          what.getOrganizationsList().stream().map(WatchedOrganization::getOrganizationId).toList();
      for (var cursor : cursors.all()) {
        if (!watched.contains(cursor.organization())) {
          throw new IllegalArgumentException(
              "The cursor is of '" + cursor.organization() + "', but watched are " + watched + ".");
        }
      }
    }
    return new WatchBuilder(scope, what, cursors, pingEvery);
  }

  /**
   * Asks the service this often how fresh the watch is, 10 ms to an hour; 1 s unless said. A
   * connection that brings nothing for five times as long is taken for lost, and made anew.
   */
  public WatchBuilder pingEvery(Duration interval) {
    if (interval.compareTo(SHORTEST_PING) < 0 || interval.compareTo(LONGEST_PING) > 0) {
      throw new IllegalArgumentException(
          "The interval of pings is " + interval + "; it must be 10 ms to an hour.");
    }
    return new WatchBuilder(scope, what, cursors, interval);
  }

  /**
   * Starts the watch, and returns at once. It connects by itself, and again whenever it must, until
   * it is closed, refused for good, or the handler throws.
   *
   * @throws SightlineException CANCELLED if the client is closed
   */
  public Watch start(WatchHandler handler) {
    var loop =
        new WatchLoop(scope, what, new WatchCursors(what, cursors), new Pings(pingEvery), handler);
    loop.start();
    return new Watch(loop);
  }
}
