package dev.sightline.graph;

import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import java.util.Arrays;

/**
 * The access rules, evaluated: the one place that says what level somebody has on a dashboard, and
 * by which line. Everything else that answers about access asks here, or is proved equal.
 *
 * <p>A decision is one {@code int} with the level and the reason in it, read with {@link #level}
 * and {@link #because}, so that deciding allocates nothing.
 */
public final class AccessRules {
  /**
   * Up to so many slots of team entries are looked through one after the other, which costs less
   * than looking each of the user's teams up among them: their memory is read in order.
   */
  private static final int LOOKED_THROUGH = 64;

  private static final int LEVEL_BITS = 2;
  private static final int LEVEL_MASK = 3;

  private static final int UNKNOWN = decision(Level.NONE.ordinal(), Because.UNKNOWN);
  private static final int INACTIVE = decision(Level.NONE.ordinal(), Because.INACTIVE);
  private static final int OWNER = decision(Level.OWNER.ordinal(), Because.OWNER);
  private static final int ADMIN = decision(Level.EDITOR.ordinal(), Because.ADMIN);
  private static final int DRAFT = decision(Level.NONE.ordinal(), Because.DRAFT);

  private AccessRules() {}

  public static Level level(int decision) {
    return Level.ofOrdinal(decision & LEVEL_MASK);
  }

  public static Because because(int decision) {
    return Because.ofOrdinal(decision >>> LEVEL_BITS);
  }

  /** Whether the decision lets somebody see the dashboard. */
  public static boolean allowsView(int decision) {
    return (decision & LEVEL_MASK) != 0;
  }

  public static int decide(OrgGraph graph, UserId person, DashboardId dashboard) {
    return decide(
        graph, graph.personOrdinal(person.value()), graph.dashboardOrdinal(dashboard.value()));
  }

  /**
   * The decision about a user or an agent on a dashboard.
   *
   * @param person an ordinal of the graph's lineage, -1 for somebody unknown
   * @param dashboard an ordinal of the graph's lineage, -1 for an unknown one
   */
  public static int decide(OrgGraph graph, int person, int dashboard) {
    Parts parts = graph.parts();
    PersonNode who = parts.people().at(person);
    DashboardNode what = parts.dashboards().at(dashboard);
    if (what == null || !what.present()) {
      return UNKNOWN;
    }
    // Not a switch: that would go through a call site of its own on the hottest path.
    if (who instanceof UserNode user) {
      return ofUser(parts, user, person, what, graph.endedThrough());
    }
    return who instanceof AgentNode agent ? ofAgent(agent, what, graph.endedThrough()) : UNKNOWN;
  }

  private static int ofUser(
      Parts parts, UserNode user, int ordinal, DashboardNode dashboard, long now) {
    if (!user.isActive()) {
      return user.present() ? INACTIVE : UNKNOWN;
    }
    if (dashboard.owner == ordinal) {
      return OWNER;
    }
    if (user.isAdmin()) {
      return ADMIN;
    }
    return dashboard.isDraft() ? DRAFT : granted(parts, user, ordinal, dashboard, now);
  }

  /** Lines 6 to 8: by entries and default. */
  private static int granted(
      Parts parts, UserNode user, int ordinal, DashboardNode dashboard, long now) {
    // Asked before the entry is looked for, so that memory is read for both at the same time.
    boolean teamsCount = dashboard.teams.length > 0 && user.teams.length > 0;
    return teamsCount
        ? byEntryOrTeams(parts, user, ordinal, dashboard, now)
        : byEntry(ordinal, dashboard, now);
  }

  private static int byEntryOrTeams(
      Parts parts, UserNode user, int ordinal, DashboardNode dashboard, long now) {
    int own = dashboard.indexOfUser(ordinal);
    if (own >= 0 && now < dashboard.userEnd(own)) {
      return decision(EntryRow.level(dashboard.users[own]), Because.USER_ENTRY);
    }
    int ofTeams = ofTeams(parts, user, dashboard, now);
    return ofTeams >= 0
        ? decision(ofTeams, Because.TEAM_ENTRY)
        : decision(dashboard.companyDefault(), Because.COMPANY_DEFAULT);
  }

  private static int byEntry(int ordinal, DashboardNode dashboard, long now) {
    int own = dashboard.indexOfUser(ordinal);
    return own >= 0 && now < dashboard.userEnd(own)
        ? decision(EntryRow.level(dashboard.users[own]), Because.USER_ENTRY)
        : decision(dashboard.companyDefault(), Because.COMPANY_DEFAULT);
  }

  /**
   * The level that a user has by entries and the company default alone: whoever the user is, drafts
   * aside. NONE for whoever or whatever is unknown.
   */
  public static Level grantedLevel(OrgGraph graph, UserId user, DashboardId dashboard) {
    Parts parts = graph.parts();
    int ordinal = graph.personOrdinal(user.value());
    PersonNode who = parts.people().present(ordinal);
    DashboardNode what = parts.dashboards().present(graph.dashboardOrdinal(dashboard.value()));
    return who instanceof UserNode node && what != null
        ? level(granted(parts, node, ordinal, what, graph.endedThrough()))
        : Level.NONE;
  }

  /**
   * Whether somebody is shown the pills of a dashboard: its owner, admins, and agents who are
   * ADMINISTRATOR on it.
   */
  public static boolean seesPills(OrgGraph graph, int person, int dashboard) {
    Parts parts = graph.parts();
    DashboardNode what = parts.dashboards().present(dashboard);
    if (what != null && parts.people().present(person) instanceof AgentNode agent) {
      return Arrays.stream(agent.grants)
          .anyMatch(grant ->
              grant.isActive(graph.endedThrough())
                  && grant.role(what.workspace) == SupportRole.ADMINISTRATOR);
    }
    Because because = because(decide(graph, person, dashboard));
    return because == Because.OWNER || because == Because.ADMIN;
  }

  /**
   * Whether somebody may use Active Response: only while ACTIVE, with the permission and a second
   * factor. No agent may.
   *
   * @param person an ordinal, -1 for nobody known
   */
  public static boolean canUseActiveResponse(OrgGraph graph, int person) {
    return graph.parts().people().present(person) instanceof UserNode user
        && user.mayUseActiveResponse();
  }

  /** The highest level of the user's teams' entries that have not ended, -1 if there is none. */
  private static int ofTeams(Parts parts, UserNode user, DashboardNode dashboard, long now) {
    if (dashboard.teams.length <= LOOKED_THROUGH) {
      return byEntries(parts, user, dashboard, now);
    }
    int highest = -1;
    for (int direct : user.teams) {
      highest = Math.max(highest, byAncestors(parts.teams().get(direct), dashboard, now));
    }
    return highest;
  }

  /** For a dashboard with few team entries: most fall to a look at the teams' bits. */
  private static int byEntries(Parts parts, UserNode user, DashboardNode dashboard, long now) {
    long reached = 0;
    for (int direct : user.teams) {
      reached |= parts.teams().get(direct).ancestorBits();
    }
    int[] slots = dashboard.teams;
    int highest = -1;
    for (int i = 0; i < slots.length; i++) {
      int slot = slots[i];
      int team = EntryRow.subject(slot);
      if (slot != EntryRow.FREE
          && (reached & TeamNode.bit(team)) != 0
          && EntryRow.level(slot) > highest
          && isWithin(parts, user, team)
          && now < dashboard.teamEnd(i)) {
        highest = EntryRow.level(slot);
      }
    }
    return highest;
  }

  private static boolean isWithin(Parts parts, UserNode user, int team) {
    for (int direct : user.teams) {
      if (parts.teams().get(direct).isWithin(team)) {
        return true;
      }
    }
    return false;
  }

  private static int byAncestors(TeamNode team, DashboardNode dashboard, long now) {
    int highest = -1;
    for (int above : team.ancestors) {
      int index = EntryRow.indexOf(dashboard.teams, above);
      if (index >= 0 && now < dashboard.teamEnd(index)) {
        highest = Math.max(highest, EntryRow.level(dashboard.teams[index]));
      }
    }
    return highest;
  }

  private static int ofAgent(AgentNode agent, DashboardNode dashboard, long now) {
    if (!agent.present()) {
      return UNKNOWN;
    }
    int highest = Level.NONE.ordinal();
    for (GrantNode grant : agent.grants) {
      if (grant.end <= now) {
        break;
      }
      if (grant.isActive(now)) {
        highest = Math.max(highest, grant.level(dashboard));
      }
    }
    return decision(highest, Because.SUPPORT_GRANT);
  }

  private static int decision(int level, Because because) {
    return (because.ordinal() << LEVEL_BITS) | level;
  }

  /**
   * Until when the decision, its reason included, stays the same if only time passes: at that very
   * instant it is another. Allocates nothing.
   *
   * @return microseconds since the epoch, {@link Micros#NEVER} if time alone never changes it
   */
  public static long validUntil(OrgGraph graph, int person, int dashboard) {
    return validUntil(graph, person, dashboard, decide(graph, person, dashboard));
  }

  /** The same for a decision that was just made on this graph. */
  public static long validUntil(OrgGraph graph, int person, int dashboard, int decision) {
    Parts parts = graph.parts();
    PersonNode who = parts.people().present(person);
    DashboardNode what = parts.dashboards().present(dashboard);
    if (who == null || what == null) {
      return Micros.NEVER;
    }
    int level = decision & LEVEL_MASK;
    return switch (because(decision)) {
      case UNKNOWN, INACTIVE, OWNER, ADMIN, DRAFT, COMPANY_DEFAULT -> Micros.NEVER;
      case USER_ENTRY -> what.userEnd(EntryRow.indexOf(what.users, person));
      case TEAM_ENTRY -> lastEnd(parts, (UserNode) who, what, level);
      case SUPPORT_GRANT -> grantsHold((AgentNode) who, what, level, graph.endedThrough());
    };
  }

  /** The end of the entry that lasts longest among the user's teams' entries of a level. */
  private static long lastEnd(Parts parts, UserNode user, DashboardNode dashboard, int level) {
    long last = Long.MIN_VALUE;
    for (int direct : user.teams) {
      for (int team : parts.teams().get(direct).ancestors) {
        int index = EntryRow.indexOf(dashboard.teams, team);
        if (index >= 0 && EntryRow.level(dashboard.teams[index]) == level) {
          last = Math.max(last, dashboard.teamEnd(index));
        }
      }
    }
    return last;
  }

  /** How long an agent's grants give exactly {@code level}: no more begins, and one lasts. */
  private static long grantsHold(AgentNode agent, DashboardNode dashboard, int level, long now) {
    long last = now;
    long higher = Micros.NEVER;
    for (GrantNode grant : agent.grants) {
      int given = grant.level(dashboard);
      if (given > level && grant.start > now && grant.start < grant.end) {
        higher = Math.min(higher, grant.start);
      }
      if (given == level && grant.isActive(now)) {
        last = Math.max(last, grant.end);
      }
    }
    return level == Level.NONE.ordinal() ? higher : Math.min(last, higher);
  }
}
