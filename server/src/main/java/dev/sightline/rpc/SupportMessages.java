package dev.sightline.rpc;

import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.Instants;
import dev.sightline.change.SupportPolicy;
import dev.sightline.command.Texts;
import dev.sightline.model.GrantId;
import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.v1.GrantStatus;
import dev.sightline.v1.GrantedWorkspace;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.SupportGrant;
import dev.sightline.v1.SupportRole;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said about vendor support on the wire, both ways. */
final class SupportMessages {
  static final int LONGEST_REASON = 1_000;

  private static final int LONGEST_GROUP = 100;
  private static final int MOST_WORKSPACES = 100;
  private static final int MOST_GROUPS = 100;
  private static final long LONGEST_MICROS = Duration.ofDays(31).toNanos() / 1_000;

  private SupportMessages() {}

  static UserId agent(String field, String id) {
    if (!Ids.isWellFormedAgent(id)) {
      throw Requests.invalid(
          Reason.MALFORMED_ID,
          field,
          "an agent's id is support: and [A-Za-z0-9_.@+-]{1,128}, not \"" + shortened(id) + "\"");
    }
    return new UserId(id);
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(id.length(), 60)).replaceAll("\\p{Cntrl}", "?");
  }

  static String group(String field, String name) {
    return Requests.text(field, name, 1, LONGEST_GROUP);
  }

  static String reason(String reason) {
    return Requests.text("reason", reason, 0, LONGEST_REASON);
  }

  static AgentRow row(SupportAgent agent) {
    return new AgentRow(
        agent("agent.id", agent.getId()),
        Requests.name("agent.name", agent.getName()),
        Requests.email("agent.email", agent.getEmail()),
        group("agent.group", agent.getGroup()),
        false);
  }

  static SupportAgent agent(AgentRow row) {
    return SupportAgent.newBuilder()
        .setId(row.id().value())
        .setName(row.name())
        .setEmail(row.isErased() ? "" : row.email().value())
        .setGroup(row.group())
        .setRemoved(row.removed())
        .build();
  }

  /** At least one role, none twice. */
  static Set<dev.sightline.model.SupportRole> roles(List<SupportRole> roles) {
    if (roles.isEmpty()) {
      throw Requests.invalid(Reason.MALFORMED_REQUEST, "roles", "a grant has at least one role");
    }
    Set<dev.sightline.model.SupportRole> read =
        EnumSet.noneOf(dev.sightline.model.SupportRole.class);
    for (SupportRole role : roles) {
      if (!read.add(role("roles", role))) {
        throw Requests.invalid(Reason.NAMED_TWICE, "roles", role + " is named twice");
      }
    }
    return read;
  }

  private static dev.sightline.model.SupportRole role(String field, SupportRole role) {
    return switch (role) {
      case SUPPORT_ROLE_VIEWER -> dev.sightline.model.SupportRole.VIEWER;
      case SUPPORT_ROLE_EDITOR -> dev.sightline.model.SupportRole.EDITOR;
      case SUPPORT_ROLE_ADMINISTRATOR -> dev.sightline.model.SupportRole.ADMINISTRATOR;
      case SUPPORT_ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw Enums.unknown(
              field,
              role,
              "SUPPORT_ROLE_VIEWER, SUPPORT_ROLE_EDITOR or SUPPORT_ROLE_ADMINISTRATOR");
    };
  }

  private static SupportRole role(dev.sightline.model.SupportRole role) {
    return switch (role) {
      case VIEWER -> SupportRole.SUPPORT_ROLE_VIEWER;
      case EDITOR -> SupportRole.SUPPORT_ROLE_EDITOR;
      case ADMINISTRATOR -> SupportRole.SUPPORT_ROLE_ADMINISTRATOR;
    };
  }

  /** None twice. */
  static List<WorkspaceScope> workspaces(List<GrantedWorkspace> workspaces) {
    if (workspaces.size() > MOST_WORKSPACES) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "workspaces",
          "a grant names at most %d workspaces, not %d"
              .formatted(MOST_WORKSPACES, workspaces.size()));
    }
    Set<WorkspaceId> named = new HashSet<>();
    List<WorkspaceScope> scopes = new ArrayList<>();
    for (GrantedWorkspace workspace : workspaces) {
      WorkspaceId id =
          Requests.id("workspaces.workspace_id", workspace.getWorkspaceId(), WorkspaceId::new);
      if (!named.add(id)) {
        throw Requests.invalid(
            Reason.NAMED_TWICE, "workspaces", "workspace " + id + " is named twice");
      }
      boolean hasOwn = workspace.getRole() != SupportRole.SUPPORT_ROLE_UNSPECIFIED;
      scopes.add(
          new WorkspaceScope(id, hasOwn ? role("workspaces.role", workspace.getRole()) : null));
    }
    return scopes;
  }

  /** A grant as it was made; where it stands, and whatever is kept beside it, comes on top. */
  static SupportGrant.Builder grant(OrganizationId portal, GrantId id, GrantFacts facts) {
    SupportGrant.Builder grant =
        SupportGrant.newBuilder()
            .setId(id.value())
            .setOrganizationId(portal.value())
            .setStartsAtMicros(Instants.micros(facts.start()))
            .setEndsAtMicros(facts.end() == null ? 0 : Instants.micros(facts.end()))
            .setStatus(GrantStatus.GRANT_STATUS_ACTIVE);
    switch (facts.holder()) {
      case Holder.Group(var name) -> grant.setGroup(name);
      case Holder.Agent(var agent) -> grant.setAgentId(agent.value());
    }
    facts.roles().forEach(role -> grant.addRoles(role(role)));
    for (WorkspaceScope scope : facts.workspaces()) {
      grant.addWorkspaces(
          GrantedWorkspace.newBuilder()
              .setWorkspaceId(scope.workspace().value())
              .setRole(
                  scope.role() == null
                      ? SupportRole.SUPPORT_ROLE_UNSPECIFIED
                      : role(scope.role())));
    }
    return grant;
  }

  static SupportPolicy policy(dev.sightline.v1.SupportPolicy policy) {
    Duration usual = duration("policy.usual_duration_micros", policy.getUsualDurationMicros());
    Duration longest =
        duration("policy.longest_duration_micros", policy.getLongestDurationMicros());
    if (usual != null && longest != null && usual.compareTo(longest) > 0) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "policy.usual_duration_micros",
          "what is usual, %s, is longer than the longest, %s"
              .formatted(Texts.inWords(usual), Texts.inWords(longest)));
    }
    if (policy.getGroupsCount() > MOST_GROUPS) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "policy.groups",
          "a policy offers at most %d groups, not %d"
              .formatted(MOST_GROUPS, policy.getGroupsCount()));
    }
    Set<String> named = new HashSet<>();
    for (String group : policy.getGroupsList()) {
      if (!named.add(group("policy.groups", group))) {
        throw Requests.invalid(
            Reason.NAMED_TWICE, "policy.groups", "group " + group + " is named twice");
      }
    }
    return new SupportPolicy(
        usual, longest, !policy.getForbidsUntilRevoked(), policy.getGroupsList());
  }

  static dev.sightline.v1.SupportPolicy policy(SupportPolicy policy) {
    return dev.sightline.v1.SupportPolicy.newBuilder()
        .setUsualDurationMicros(micros(policy.usual()))
        .setLongestDurationMicros(micros(policy.longest()))
        .setForbidsUntilRevoked(!policy.untilRevoked())
        .addAllGroups(policy.groups())
        .build();
  }

  private static long micros(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos() / 1_000;
  }

  /** Up to 31 days, the longest month; null where it is left out. */
  static @Nullable Duration duration(String field, long micros) {
    if (micros < 0 || micros > LONGEST_MICROS) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          field,
          "%s is at least 1 and at most %d, which is 31 days, not %d"
              .formatted(field, LONGEST_MICROS, micros));
    }
    return micros == 0 ? null : Duration.of(micros, ChronoUnit.MICROS);
  }
}
