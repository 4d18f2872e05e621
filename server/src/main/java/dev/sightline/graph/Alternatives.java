package dev.sightline.graph;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.Supposition.AccountEnabled;
import dev.sightline.graph.Supposition.DashboardPublished;
import dev.sightline.graph.Supposition.GrantGiven;
import dev.sightline.graph.Supposition.GrantsRevoked;
import dev.sightline.graph.Supposition.InvitationAccepted;
import dev.sightline.graph.Supposition.OwnershipTransferred;
import dev.sightline.graph.Supposition.RoleTaken;
import dev.sightline.graph.Supposition.TeamEntryRemoved;
import dev.sightline.graph.Supposition.TeamEntrySet;
import dev.sightline.graph.Supposition.TimePasses;
import dev.sightline.graph.Supposition.UserEntryRemoved;
import dev.sightline.graph.Supposition.UserEntrySet;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Supposes one change after the other and asks {@link AccessRules} what the level would be. */
final class Alternatives {
  private final OrgGraph graph;
  private final GraphFacts facts;
  private final UserId person;
  private final DashboardId dashboard;
  private final Explanation now;
  private final List<Alternative> found = new ArrayList<>();

  Alternatives(OrgGraph graph, UserId person, DashboardId dashboard) {
    this.graph = graph;
    this.facts = graph.facts();
    this.person = person;
    this.dashboard = dashboard;
    this.now = explained(graph);
  }

  private Explanation explained(OrgGraph graph) {
    return Explanation.of(
        graph, graph.personOrdinal(person.value()), graph.dashboardOrdinal(dashboard.value()));
  }

  List<Alternative> all() {
    Instant until = now.until();
    if (until != null) {
      found.add(new Alternative(new TimePasses(until), explained(graph.through(until))));
    }
    switch (now.because()) {
      case UNKNOWN -> {} // nothing that is there decides
      case INACTIVE -> activated();
      case OWNER -> transferred();
      case ADMIN -> suppose(new RoleTaken(), changed(user().withRole(Role.ANALYST, Instant.EPOCH)));
      case DRAFT -> suppose(new DashboardPublished(), changed(dashboard().withDraft(false)));
      case USER_ENTRY -> suppose(new UserEntryRemoved(), entry(person, null));
      case TEAM_ENTRY -> {
        TeamId team = now.teams().getLast();
        suppose(new TeamEntryRemoved(team), entry(team, null));
      }
      case COMPANY_DEFAULT -> replaced();
      case SUPPORT_GRANT -> granted();
    }
    return List.copyOf(found);
  }

  private void activated() {
    UserFacts user = user();
    suppose(
        user.status() == Status.INVITED ? new InvitationAccepted() : new AccountEnabled(),
        changed(user.withStatus(Status.ACTIVE)));
  }

  /** The old owner becomes an EDITOR by entry, whoever the new one is. */
  private void transferred() {
    List<Change> changes = new ArrayList<>();
    UserId heir = facts.oldestAdmin(person);
    if (heir == null) {
      heir = stranger();
      changes.add(new UserChanged(heir, null, user()));
    }
    changes.add(changed(dashboard().withOwner(heir)));
    changes.add(entry(person, Level.EDITOR));
    suppose(new OwnershipTransferred(), changes);
  }

  private UserId stranger() {
    String id = "somebody-else";
    while (graph.personOrdinal(id) >= 0) {
      id += "-";
    }
    return new UserId(id);
  }

  /** An entry of any other level, for the person or for the first of the person's teams. */
  private void replaced() {
    List<Level> others =
        List.of(Level.NONE, Level.VIEWER, Level.EDITOR).stream()
            .filter(level -> level != now.level())
            .toList();
    others.forEach(level -> suppose(new UserEntrySet(level), entry(person, level)));
    facts.teamsOf(person).stream()
        .limit(1)
        .forEach(team ->
            others.forEach(level -> suppose(new TeamEntrySet(team, level), entry(team, level))));
  }

  private void granted() {
    if (!now.grants().isEmpty()) {
      suppose(
          new GrantsRevoked(now.grants()),
          now.grants().stream()
              .<Change>map(grant -> new GrantChanged(grant, facts.grant(grant), null))
              .toList());
    }
    Level highest = now.level();
    for (SupportRole role : SupportRole.values()) {
      Explanation then = explained(graph.supposing(List.of(grant(role))));
      if (then.level().compareTo(highest) > 0) {
        found.add(new Alternative(new GrantGiven(role), then));
        highest = then.level();
      }
    }
  }

  private Change grant(SupportRole role) {
    String id = "supposed";
    while (facts.grant(new GrantId(id)) != null) {
      id += "-";
    }
    GrantFacts given =
        new GrantFacts(
            new GrantFacts.Holder.Agent(person),
            Set.of(role),
            List.of(),
            Micros.instant(graph.endedThrough()),
            null);
    return new GrantChanged(new GrantId(id), null, given);
  }

  private void suppose(Supposition supposition, Change change) {
    suppose(supposition, List.of(change));
  }

  private void suppose(Supposition supposition, List<Change> changes) {
    found.add(new Alternative(supposition, explained(graph.supposing(changes))));
  }

  private UserFacts user() {
    return Objects.requireNonNull(facts.user(person));
  }

  private DashboardFacts dashboard() {
    return Objects.requireNonNull(facts.dashboard(dashboard));
  }

  private Change changed(UserFacts after) {
    return new UserChanged(person, user(), after);
  }

  private Change changed(DashboardFacts after) {
    return new DashboardChanged(dashboard, dashboard(), after);
  }

  private Change entry(Subject subject, @Nullable Level level) {
    Entry after = level == null ? null : new Entry(level, null);
    return new EntryChanged(dashboard, subject, facts.entry(dashboard, subject), after);
  }
}
