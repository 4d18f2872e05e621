package dev.sightline.rpc;

import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.LogFilter;
import dev.sightline.store.LogSubject;
import dev.sightline.v1.AuditFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which records of a log are asked for. */
final class AuditFilters {
  private static final Pattern KIND = Pattern.compile("[A-Z_]{1,64}");

  private AuditFilters() {}

  static LogFilter read(AuditFilter filter) {
    Instant from = time("filter.from_micros", filter.getFromMicros());
    Instant to = time("filter.to_micros", filter.getToMicros());
    long first = revision("filter.from_revision", filter.getFromRevision(), 1);
    long last = revision("filter.through_revision", filter.getThroughRevision(), Long.MAX_VALUE);
    return new LogFilter(subjects(filter), from, to, first, last);
  }

  /** What is named on few records first: it leads the search. */
  private static List<LogSubject> subjects(AuditFilter filter) {
    List<LogSubject> subjects = new ArrayList<>();
    if (!filter.getGrantId().isEmpty()) {
      subjects.add(
          new LogSubject(
              "grant", Requests.id("filter.grant_id", filter.getGrantId(), GrantId::new).value()));
    }
    if (!filter.getDashboardId().isEmpty()) {
      subjects.add(
          new LogSubject(
              "dashboard",
              Requests.id("filter.dashboard_id", filter.getDashboardId(), DashboardId::new)
                  .value()));
    }
    if (!filter.getUserId().isEmpty()) {
      subjects.add(LogSubject.user(Requests.user("filter.user_id", filter.getUserId()).value()));
    }
    if (!filter.getTeamId().isEmpty()) {
      subjects.add(
          new LogSubject("team", Requests.team("filter.team_id", filter.getTeamId()).value()));
    }
    if (!filter.getWorkspaceId().isEmpty()) {
      subjects.add(
          new LogSubject(
              "workspace",
              Requests.id("filter.workspace_id", filter.getWorkspaceId(), WorkspaceId::new)
                  .value()));
    }
    if (!filter.getActorId().isEmpty()) {
      subjects.add(LogSubject.actor(Requests.user("filter.actor_id", filter.getActorId()).value()));
    }
    if (!filter.getKind().isEmpty()) {
      subjects.add(LogSubject.kind(kind(filter.getKind())));
    }
    return subjects;
  }

  private static String kind(String kind) {
    if (!KIND.matcher(kind).matches()) {
      throw Requests.invalid(
          Reason.MALFORMED_REQUEST,
          "filter.kind",
          "filter.kind is a word in capitals, such as ENTRY or USER.");
    }
    return kind;
  }

  private static @Nullable Instant time(String field, long micros) {
    return micros == 0 ? null : Requests.instant(field, micros);
  }

  /** A revision, or what it stands for when it is left out. */
  static long revision(String field, long revision, long whenLeftOut) {
    if (revision < 0) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE, field, "%s is 1 or more, not %d".formatted(field, revision));
    }
    return revision == 0 ? whenLeftOut : revision;
  }
}
