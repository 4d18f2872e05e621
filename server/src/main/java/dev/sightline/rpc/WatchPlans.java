package dev.sightline.rpc;

import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchedOrganization;
import dev.sightline.watch.Cursor;
import dev.sightline.watch.Filter;
import dev.sightline.watch.WatchPlan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what is to be watched. */
final class WatchPlans {
  private static final int MOST_NAMED = 10_000;
  private static final long SHORTEST_HEARTBEAT = 50_000;
  private static final long LONGEST_HEARTBEAT = 3_600_000_000L;

  private WatchPlans() {}

  /**
   * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
   */
  static WatchPlan plan(StartWatch start) {
    WatchPlan.Scope scope = scope(start);
    var organizations = organizations(start.getOrganizationsList());
    if (organizations.size() > MOST_NAMED && scope instanceof WatchPlan.Named) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "organizations",
          "a watch names at most %d organizations, not %d; watch a realm or everything"
              .formatted(MOST_NAMED, organizations.size()));
    }
    if (organizations.isEmpty() && scope instanceof WatchPlan.Named) {
      throw Requests.invalid(
          Reason.MALFORMED_REQUEST,
          "organizations",
          "a watch names organizations, a realm, or everything; this one names nothing");
    }
    return new WatchPlan(
        organizations,
        scope,
        start.getUnnamedFromCreation(),
        filter(start),
        heartbeat(start.getHeartbeatIntervalMicros()),
        start.getHoldsAnswers());
  }

  private static WatchPlan.Scope scope(StartWatch start) {
    return switch (start.getScopeCase()) {
      case REALM_ID ->
          new WatchPlan.Realm(Requests.id("realm_id", start.getRealmId(), OrganizationId::new));
      case EVERYTHING -> start.getEverything() ? new WatchPlan.Everything() : new WatchPlan.Named();
      case SCOPE_NOT_SET -> new WatchPlan.Named();
    };
  }

  private static Map<OrganizationId, Optional<Cursor>> organizations(
      List<WatchedOrganization> named) {
    var organizations = new LinkedHashMap<OrganizationId, Optional<Cursor>>();
    for (WatchedOrganization one : named) {
      OrganizationId id = Requests.organization(one.getOrganizationId());
      Optional<Cursor> cursor =
          one.getCursor().isEmpty()
              ? Optional.empty()
              : Optional.of(CursorToken.parsed(id, one.getCursor()));
      if (organizations.put(id, cursor) != null) {
        throw Requests.invalid(
            Reason.NAMED_TWICE, "organizations", "organization %s is named twice".formatted(id));
      }
    }
    return organizations;
  }

  private static Filter filter(StartWatch start) {
    return new Filter(
        ids("user_ids", start.getUserIdsList(), id -> Requests.user("user_ids", id)),
        ids(
            "dashboard_ids",
            start.getDashboardIdsList(),
            id -> Requests.id("dashboard_ids", id, DashboardId::new)),
        start.getRevocationsOnly(),
        start.getExact());
  }

  private static <T> Set<T> ids(String field, List<String> ids, Function<String, T> type) {
    if (ids.size() > MOST_NAMED) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          field,
          "%s holds at most %d ids, not %d; watch all and filter, or open several watches"
              .formatted(field, MOST_NAMED, ids.size()));
    }
    Set<T> set = new HashSet<>();
    ids.forEach(id -> set.add(type.apply(id)));
    return set;
  }

  private static @Nullable Duration heartbeat(long micros) {
    if (micros == 0) {
      return null;
    }
    if (micros < SHORTEST_HEARTBEAT || micros > LONGEST_HEARTBEAT) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "heartbeat_interval_micros",
          "heartbeat_interval_micros is 0 or %d to %d, not %d"
              .formatted(SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT, micros));
    }
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
