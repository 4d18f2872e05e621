package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.DASHBOARD;
import static dev.sightline.store.jooq.Tables.ORGANIZATION;
import static dev.sightline.store.jooq.Tables.ORGANIZATION_AGENT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_ID;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT_WORKSPACE;
import static dev.sightline.store.jooq.Tables.SUPPORT_REACH;
import static dev.sightline.store.jooq.Tables.TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_ENTRY;
import static dev.sightline.store.jooq.Tables.TEAM_TEAM;
import static dev.sightline.store.jooq.Tables.TEAM_USER;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;
import static dev.sightline.store.jooq.Tables.USER_ENTRY;
import static dev.sightline.store.jooq.Tables.WORKSPACE;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.Profile;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the changes of one organization into the statements on its rows. */
final class ChangeStatements {
  private final OrganizationId organization;
  private final PendingStatements pending;
  private final AroundStatements around;

  ChangeStatements(OrganizationId organization, PendingStatements pending) {
    this.organization = organization;
    this.pending = pending;
    this.around = new AroundStatements(organization, pending);
  }

  void add(Change change, Author author, Instant at) {
    switch (change) {
      case OrganizationChanged c -> organization(c);
      case UserChanged c -> user(c.user().value(), c.before(), c.after());
      case ProfileChanged c -> profile(c.user().value(), c.after());
      case TeamChanged c -> team(c.team().value(), c.before(), c.after());
      case MembershipChanged c -> membership(c);
      case WorkspaceChanged c -> workspace(c.workspace().value(), c.before(), c.after());
      case DashboardChanged c -> dashboard(c.dashboard().value(), c.before(), c.after());
      case EntryChanged c -> entry(c);
      case EstateInherited c -> estate(c);
      case GrantChanged c -> grant(c, author, at);
      case AgentChanged c -> agent(c.agent().value(), c.before(), c.after());
      case RequestChanged c -> around.request(c);
      case SubscriptionChanged c -> around.subscription(c);
      case InvitationChanged c -> around.invitation(c);
      case SupportRequestChanged c -> around.supportRequest(c);
      case SupportPolicyChanged c -> around.supportPolicy(c);
      case ReasonGiven c -> around.reason(c);
      case AgentActed _ -> {} // is in the log alone
      case PersonalDataErased _ -> {} // is done by the transaction itself
    }
  }

  /** A new organization's row is inserted by the transaction itself, before anything else. */
  private void organization(OrganizationChanged change) {
    if (change.before() != null && change.after() != null) {
      pending.add(ORGANIZATION, Texts.RENAME_ORGANIZATION, change.after().name(), id());
    }
  }

  private void user(String user, @Nullable UserFacts before, @Nullable UserFacts after) {
    if (after == null) {
      pending.add(USER_ACCOUNT, Texts.DELETE_USER, id(), user);
    } else {
      pending.add(
          USER_ACCOUNT,
          before == null ? Texts.INSERT_USER : Texts.UPDATE_USER,
          after.role(),
          after.status(),
          after.createdAt(),
          after.adminSince(),
          after.activeResponse(),
          after.secondFactor(),
          id(),
          user);
    }
  }

  /** Without a profile afterwards the row keeps the last one: it stays for audit. */
  private void profile(String user, @Nullable Profile after) {
    if (after != null) {
      pending.add(
          USER_ACCOUNT,
          Texts.SET_PROFILE,
          after.name(),
          after.name().toLowerCase(Locale.ROOT),
          after.email().value(),
          after.email().canonical(),
          after.title(),
          id(),
          user);
    }
  }

  private void team(String team, @Nullable TeamFacts before, @Nullable TeamFacts after) {
    if (after == null) {
      pending.add(TEAM, Texts.DELETE_TEAM, id(), team);
    } else {
      pending.add(
          TEAM, before == null ? Texts.INSERT_TEAM : Texts.UPDATE_TEAM, after.name(), id(), team);
    }
  }

  private void membership(MembershipChanged change) {
    String team = change.team().value();
    switch (change.member()) {
      case UserId user ->
          pending.add(
              TEAM_USER,
              change.joined() ? Texts.INSERT_TEAM_USER : Texts.DELETE_TEAM_USER,
              id(),
              team,
              user.value());
      case TeamId member ->
          pending.add(
              TEAM_TEAM,
              change.joined() ? Texts.INSERT_TEAM_TEAM : Texts.DELETE_TEAM_TEAM,
              id(),
              team,
              member.value());
    }
  }

  private void workspace(
      String workspace, @Nullable WorkspaceFacts before, @Nullable WorkspaceFacts after) {
    if (after == null) {
      pending.add(WORKSPACE, Texts.DELETE_WORKSPACE, id(), workspace);
    } else {
      pending.add(
          WORKSPACE,
          before == null ? Texts.INSERT_WORKSPACE : Texts.UPDATE_WORKSPACE,
          after.name(),
          id(),
          workspace);
    }
  }

  private void dashboard(
      String dashboard, @Nullable DashboardFacts before, @Nullable DashboardFacts after) {
    if (after == null) {
      pending.add(DASHBOARD, Texts.DELETE_DASHBOARD, id(), dashboard);
    } else {
      pending.add(
          DASHBOARD,
          before == null ? Texts.INSERT_DASHBOARD : Texts.UPDATE_DASHBOARD,
          after.name(),
          after.owner().value(),
          (short) after.companyDefault().ordinal(),
          after.draft(),
          after.workspace() == null ? null : after.workspace().value(),
          id(),
          dashboard);
    }
  }

  private void entry(EntryChanged change) {
    String dashboard = change.dashboard().value();
    switch (change.subject()) {
      case UserId user ->
          entry(
              USER_ENTRY,
              Texts.USER_ENTRIES,
              dashboard,
              user.value(),
              change.before(),
              change.after());
      case TeamId team ->
          entry(
              TEAM_ENTRY,
              Texts.TEAM_ENTRIES,
              dashboard,
              team.value(),
              change.before(),
              change.after());
    }
  }

  private void entry(
      org.jooq.Table<?> table,
      Texts.OfEntries texts,
      String dashboard,
      String subject,
      @Nullable Entry before,
      @Nullable Entry after) {
    if (after == null) {
      pending.add(table, texts.delete(), id(), dashboard, subject);
    } else {
      pending.add(
          table,
          before == null ? texts.insert() : texts.update(),
          (short) after.level().ordinal(),
          after.end(),
          id(),
          dashboard,
          subject);
    }
  }

  private void estate(EstateInherited change) {
    String[] dashboards =
        change.dashboards().stream().map(dashboard -> dashboard.value()).toArray(String[]::new);
    pending.addTouching(
        dashboards.length,
        DASHBOARD,
        Texts.INHERIT,
        change.to().value(),
        id(),
        dashboards,
        change.from().value());
  }

  private void grant(GrantChanged change, Author author, Instant at) {
    String by = author.actor() == null ? null : author.actor().value();
    OrganizationId home = author.actorOrganization();
    String byOrganization = home == null ? null : home.value();
    String grant = change.grant().value();
    if (change.after() == null) {
      pending.add(SUPPORT_GRANT, Texts.REVOKE_GRANT, at, by, byOrganization, id(), grant);
    } else if (change.before() == null) {
      begin(grant, change.after(), by, byOrganization);
    } else {
      throw new StoreFault("a grant is not altered, but revoked and made anew: " + grant);
    }
  }

  private void begin(
      String grant, GrantFacts facts, @Nullable String by, @Nullable String byOrganization) {
    pending.add(SUPPORT_GRANT_ID, Texts.INSERT_GRANT_ID, grant, id());
    pending.addTouchingAny(SUPPORT_REACH, SupportReach.NOTE, reached(facts.holder()), id());
    pending.add(
        SUPPORT_GRANT,
        Texts.INSERT_GRANT,
        facts.holder() instanceof Holder.Group(var name) ? name : null,
        facts.holder() instanceof Holder.Agent(var agent) ? agent.value() : null,
        facts.roles().stream().map(Enum::name).toArray(String[]::new),
        facts.start(),
        facts.end(),
        by,
        byOrganization,
        id(),
        grant);
    for (WorkspaceScope scope : facts.workspaces()) {
      pending.add(
          SUPPORT_GRANT_WORKSPACE,
          Texts.INSERT_GRANT_WORKSPACE,
          scope.role(),
          id(),
          grant,
          scope.workspace().value());
    }
  }

  private static String reached(Holder holder) {
    return switch (holder) {
      case Holder.Group(var name) -> SupportReach.ofGroup(name);
      case Holder.Agent(var agent) -> agent.value();
    };
  }

  private void agent(String agent, @Nullable AgentFacts before, @Nullable AgentFacts after) {
    if (after == null) {
      pending.add(ORGANIZATION_AGENT, Texts.DELETE_AGENT, id(), agent);
    } else {
      pending.addTouchingAny(SUPPORT_REACH, SupportReach.NOTE, agent, id());
      pending.add(
          ORGANIZATION_AGENT,
          before == null ? Texts.INSERT_AGENT : Texts.UPDATE_AGENT,
          after.group(),
          id(),
          agent);
    }
  }

  private String id() {
    return organization.value();
  }
}
