package dev.sightline.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One organization, as a trusted service asks about it. Every call blocks until it is answered or
 * its deadline is over, and throws {@link SightlineException}; {@link #async} returns futures
 * instead. Light, immutable and safe for threads: keep one, or make one a call.
 *
 * <p>An unknown organization, user or dashboard is a no, never an error. Answers are as fresh as
 * {@link Freshness} says, and by default never older than what this client has seen of the
 * organization before, its own writes included.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="check"}
 */
public final class Organization {
  private final Scope scope;
  // Its futures complete on the thread that reads from the network, which only wakes the caller.
  private final AsyncOrganization calls;
  private final Checks checks;

  Organization(Scope scope) {
    this.scope = scope;
    this.calls = new AsyncOrganization(scope.completingOn(Runnable::run));
    this.checks = calls.checks();
  }

  /** The same calls, returning futures. */
  public AsyncOrganization async() {
    return new AsyncOrganization(scope);
  }

  /** The same organization, asked with this freshness. */
  public Organization with(Freshness freshness) {
    return new Organization(scope.with(freshness));
  }

  /** The same organization, each call within this time, attempts included; more than nothing. */
  public Organization within(Duration deadline) {
    return new Organization(scope.within(deadline));
  }

  /** What a person does here: a user's id, or an agent's. */
  public Actor as(String actor) {
    return new Actor(calls.as(actor));
  }

  /** Whether a user may view a dashboard. */
  public Decision canView(String user, String dashboard) {
    return decide(user, Action.VIEW, dashboard);
  }

  /** Whether a user may edit a dashboard. */
  public Decision canEdit(String user, String dashboard) {
    return decide(user, Action.EDIT, dashboard);
  }

  /** Whether a user may do something with a dashboard. */
  public Decision check(String user, Action action, String dashboard) {
    return decide(user, action, dashboard);
  }

  private Decision decide(String user, Action action, String dashboard) {
    var held = checks.held(user, action, dashboard);
    return held != null ? held.decision : Blocking.await(checks.ask(user, action, dashboard));
  }

  /**
   * Up to 10,000 questions in one call, answered in their order and all at one position; more are
   * INVALID_ARGUMENT, reason OUT_OF_RANGE. A malformed one is {@link Answer.Unanswered} and does
   * not touch the others. None are answered without asking.
   */
  public List<Answer> checkAll(List<Question> questions) {
    return Blocking.await(calls.checkAll(questions));
  }

  /**
   * The ids of the dashboards that a user may view, in the order of their creation: exactly those
   * for which {@link #canView} says yes.
   */
  public Listing<VisibleDashboard> visibleDashboards(String user) {
    return visibleDashboards(user, ListOptions.of(Purpose.SIDEBAR));
  }

  /** The dashboards that a user may view, for a purpose, with names, levels and pills if asked. */
  public Listing<VisibleDashboard> visibleDashboards(String user, ListOptions options) {
    return new Listing<>(calls.visiblePages(user, options));
  }

  /**
   * The same over one stream, which the service fills as it is read: for long lists, at less cost
   * than pages. Close it; what was not read by then is not sent. Each part of it is decided when it
   * is sent, and may take as long as a call may. How much comes at once is for the service to say,
   * not the page size. A stream that breaks throws, and is not gone on with.
   *
   * {@snippet file="dev/sightline/client/Examples.java" region="liststream"}
   */
  public Stream<VisibleDashboard> streamVisibleDashboards(String user, ListOptions options) {
    var parts = calls.visibleParts(user, options);
    return new Listing<>(parts).stream().onClose(parts::close);
  }

  /** Who has VIEWER or more on a dashboard: users in the order in which they came, then agents. */
  public Listing<AudienceMember> audience(String dashboard) {
    return new Listing<>(calls.audiencePages(dashboard));
  }

  /** The level of a user on a dashboard, the line of the rules that decided it, and the facts. */
  public Explanation explain(String user, String dashboard) {
    return Blocking.await(calls.explain(user, dashboard));
  }

  /**
   * Waits until nobody honours anything older than a position any more: no node of the service and
   * no near-cache, this client's included. Any answer or write gives a position. It takes at most
   * the service's max-staleness, or the call's deadline: then it says what is known. May be
   * repeated.
   *
   * {@snippet file="dev/sightline/client/Examples.java" region="everywhere"}
   */
  public Spread awaitEverywhere(Position position) {
    return Blocking.await(calls.awaitEverywhere(position));
  }

  /** Sets up a watch of the levels in this organization; {@link WatchBuilder#start} starts it. */
  public WatchBuilder watch() {
    return WatchBuilder.ofOrganizations(scope, List.of(scope.organization()));
  }
}
