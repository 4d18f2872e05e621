package dev.sightline.store;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.LoadQuery.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** From the rows of {@link LoadQuery} to facts. Plain JDBC: there may be millions. */
final class LoadReaders {
  private LoadReaders() {}

  static void users(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.user(
          new UserId(rows.getString(1)),
          new UserFacts(
              Role.valueOf(rows.getString(2)),
              Status.valueOf(rows.getString(3)),
              Instants.of(rows, 4),
              Instants.nullable(rows, 5),
              rows.getBoolean(6),
              rows.getBoolean(7)));
      found.users++;
    }
  }

  static void teams(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.team(new TeamId(rows.getString(1)), new TeamFacts(rows.getString(2)));
      found.teams++;
    }
  }

  static void teamUsers(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.membership(new TeamId(rows.getString(1)), new UserId(rows.getString(2)));
      found.memberships++;
    }
  }

  static void teamTeams(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.membership(new TeamId(rows.getString(1)), new TeamId(rows.getString(2)));
      found.memberships++;
    }
  }

  static void workspaces(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.workspace(new WorkspaceId(rows.getString(1)), new WorkspaceFacts(rows.getString(2)));
      found.workspaces++;
    }
  }

  static void dashboards(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      String workspace = rows.getString(6);
      sink.dashboard(
          new DashboardId(rows.getString(1)),
          new DashboardFacts(
              rows.getString(2),
              new UserId(rows.getString(3)),
              Level.ofOrdinal(rows.getShort(4)),
              rows.getBoolean(5),
              workspace == null ? null : new WorkspaceId(workspace)));
      found.dashboards++;
    }
  }

  static void userEntries(ResultSet rows, FactSink sink, Found found) throws SQLException {
    entries(rows, sink::userEntries, found);
  }

  static void teamEntries(ResultSet rows, FactSink sink, Found found) throws SQLException {
    entries(rows, sink::teamEntries, found);
  }

  private static void entries(ResultSet rows, BiConsumer<DashboardId, EntryRun> sink, Found found)
      throws SQLException {
    var run = new EntryRun();
    String dashboard = "";
    while (rows.next()) {
      String next = rows.getString(1);
      if (!next.equals(dashboard)) {
        give(dashboard, run, sink);
        dashboard = next;
      }
      Instant end = Instants.nullable(rows, 4);
      run.add(
          rows.getString(2),
          rows.getShort(3),
          end == null ? EntryRun.NO_END : Instants.micros(end));
      found.entries++;
    }
    give(dashboard, run, sink);
  }

  private static void give(String dashboard, EntryRun run, BiConsumer<DashboardId, EntryRun> sink) {
    if (run.size() > 0) {
      sink.accept(new DashboardId(dashboard), run);
      run.clear();
    }
  }

  static void agents(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.agent(new UserId(rows.getString(1)), new AgentFacts(rows.getString(2)));
      found.agents++;
    }
  }

  /** A grant that names workspaces comes as a row for each of them. */
  static void grants(ResultSet rows, FactSink sink, Found found) throws SQLException {
    boolean more = rows.next();
    while (more) {
      String id = rows.getString(1);
      Holder holder = holder(rows.getString(2), rows.getString(3));
      Set<SupportRole> roles = roles((String[]) rows.getArray(4).getArray());
      Instant start = Instants.of(rows, 5);
      Instant end = Instants.nullable(rows, 6);
      List<WorkspaceScope> workspaces = new ArrayList<>();
      do {
        WorkspaceScope scope = scope(rows.getString(7), rows.getString(8));
        if (scope != null) {
          workspaces.add(scope);
        }
        more = rows.next();
      } while (more && rows.getString(1).equals(id));
      sink.grant(new GrantId(id), new GrantFacts(holder, roles, workspaces, start, end));
      found.grants++;
    }
  }

  static void requests(ResultSet rows, FactSink sink, Found found) throws SQLException {
    while (rows.next()) {
      sink.request(
          new RequestId(rows.getString(1)),
          new RequestFacts(
              new DashboardId(rows.getString(2)),
              new UserId(rows.getString(3)),
              new UserId(rows.getString(4)),
              rows.getInt(5),
              RequestStatus.PENDING,
              Instants.of(rows, 6),
              Instants.of(rows, 7),
              null));
    }
  }

  static void subscriptions(ResultSet rows, FactSink sink, Found found) throws SQLException {
    List<String> dashboards = new ArrayList<>();
    String user = "";
    while (rows.next()) {
      String next = rows.getString(1);
      if (!next.equals(user)) {
        give(user, dashboards, sink);
        user = next;
      }
      dashboards.add(rows.getString(2));
    }
    give(user, dashboards, sink);
  }

  private static void give(String user, List<String> dashboards, FactSink sink) {
    if (!dashboards.isEmpty()) {
      sink.subscriptions(new UserId(user), Collections.unmodifiableList(dashboards));
      dashboards.clear();
    }
  }

  private static Holder holder(@Nullable String group, @Nullable String agent) {
    return group != null
        ? new Holder.Group(group)
        : new Holder.Agent(new UserId(java.util.Objects.requireNonNull(agent)));
  }

  private static Set<SupportRole> roles(String[] names) {
    Set<SupportRole> roles = EnumSet.noneOf(SupportRole.class);
    for (String name : names) {
      roles.add(SupportRole.valueOf(name));
    }
    return roles;
  }

  private static @Nullable WorkspaceScope scope(@Nullable String workspace, @Nullable String role) {
    return workspace == null
        ? null
        : new WorkspaceScope(
            new WorkspaceId(workspace), role == null ? null : SupportRole.valueOf(role));
  }
}
