package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads back the changes that {@link ChangeToJson} has written. */
final class ChangeFromJson {
  /**
   * Stands for a profile that was there. Decoding never needs the personal values, which may have
   * been erased; the graph ignores profiles. A reason comes as an empty text for the same cause.
   */
  static final Profile WITHHELD = new Profile("", new EmailAddress("withheld@invalid"), "");

  private ChangeFromJson() {}

  static Change read(JsonNode body) {
    String kind = text(body, "kind");
    return switch (kind) {
      case "ORGANIZATION" ->
          new OrganizationChanged(
              before(body, ChangeFromJson::organization),
              after(body, ChangeFromJson::organization));
      case "USER" ->
          new UserChanged(
              userId(body),
              before(body, ChangeFromJson::userFacts),
              after(body, ChangeFromJson::userFacts));
      case "PROFILE" ->
          new ProfileChanged(userId(body), before(body, _ -> WITHHELD), after(body, _ -> WITHHELD));
      case "TEAM" ->
          new TeamChanged(
              new TeamId(text(body, "team")),
              before(body, ChangeFromJson::team),
              after(body, ChangeFromJson::team));
      case "MEMBERSHIP" ->
          new MembershipChanged(
              new TeamId(text(body, "team")),
              subject(body.required("member")),
              body.required("after").booleanValue());
      case "WORKSPACE" ->
          new WorkspaceChanged(
              new WorkspaceId(text(body, "workspace")),
              before(body, ChangeFromJson::workspace),
              after(body, ChangeFromJson::workspace));
      case "DASHBOARD" ->
          new DashboardChanged(
              new DashboardId(text(body, "dashboard")),
              before(body, ChangeFromJson::dashboard),
              after(body, ChangeFromJson::dashboard));
      case "ENTRY" ->
          new EntryChanged(
              new DashboardId(text(body, "dashboard")),
              subject(body.required("subject")),
              before(body, ChangeFromJson::entry),
              after(body, ChangeFromJson::entry));
      case "ESTATE" ->
          new EstateInherited(
              new UserId(text(body, "before")), new UserId(text(body, "after")), dashboards(body));
      case "GRANT" ->
          new GrantChanged(
              new GrantId(text(body, "grant")),
              before(body, ChangeFromJson::grant),
              after(body, ChangeFromJson::grant));
      case "AGENT" ->
          new AgentChanged(
              new UserId(text(body, "agent")),
              before(body, ChangeFromJson::agent),
              after(body, ChangeFromJson::agent));
      default -> around(kind, body);
    };
  }

  private static Change around(String kind, JsonNode body) {
    Change change = AroundFromJson.read(kind, body);
    if (change == null) {
      throw new StoreFault(
          "the log holds a change of kind " + kind + ", which this program does not know");
    }
    return change;
  }

  static <T> @Nullable T before(JsonNode body, Function<JsonNode, T> read) {
    return value(body, "before", read);
  }

  static <T> @Nullable T after(JsonNode body, Function<JsonNode, T> read) {
    return value(body, "after", read);
  }

  static <T> @Nullable T value(JsonNode node, String name, Function<JsonNode, T> read) {
    JsonNode value = node.required(name);
    return value.isNull() ? null : read.apply(value);
  }

  private static OrganizationFacts organization(JsonNode node) {
    return new OrganizationFacts(
        text(node, "name"),
        value(node, "parent", parent -> new OrganizationId(parent.textValue())));
  }

  private static UserId userId(JsonNode body) {
    return new UserId(text(body, "user"));
  }

  private static UserFacts userFacts(JsonNode node) {
    return new UserFacts(
        Role.valueOf(text(node, "role")),
        Status.valueOf(text(node, "status")),
        Instant.parse(text(node, "createdAt")),
        instant(node, "adminSince"),
        node.required("activeResponse").booleanValue(),
        node.required("secondFactor").booleanValue());
  }

  private static TeamFacts team(JsonNode node) {
    return new TeamFacts(text(node, "name"));
  }

  private static WorkspaceFacts workspace(JsonNode node) {
    return new WorkspaceFacts(text(node, "name"));
  }

  private static DashboardFacts dashboard(JsonNode node) {
    return new DashboardFacts(
        text(node, "name"),
        new UserId(text(node, "owner")),
        Level.valueOf(text(node, "companyDefault")),
        node.required("draft").booleanValue(),
        value(node, "workspace", workspace -> new WorkspaceId(workspace.textValue())));
  }

  private static List<DashboardId> dashboards(JsonNode body) {
    List<DashboardId> dashboards = new ArrayList<>();
    body.required("dashboards").forEach(id -> dashboards.add(new DashboardId(id.textValue())));
    return dashboards;
  }

  private static Entry entry(JsonNode node) {
    return new Entry(Level.valueOf(text(node, "level")), instant(node, "end"));
  }

  private static GrantFacts grant(JsonNode node) {
    Set<SupportRole> roles = EnumSet.noneOf(SupportRole.class);
    node.required("roles").forEach(role -> roles.add(SupportRole.valueOf(role.textValue())));
    List<WorkspaceScope> workspaces = new ArrayList<>();
    node.required("workspaces").forEach(scope -> workspaces.add(scope(scope)));
    return new GrantFacts(
        holder(node.required("holder")),
        roles,
        workspaces,
        Instant.parse(text(node, "start")),
        instant(node, "end"));
  }

  private static Holder holder(JsonNode node) {
    return node.has("group")
        ? new Holder.Group(text(node, "group"))
        : new Holder.Agent(new UserId(text(node, "agent")));
  }

  private static WorkspaceScope scope(JsonNode node) {
    return new WorkspaceScope(
        new WorkspaceId(text(node, "workspace")),
        value(node, "role", role -> SupportRole.valueOf(role.textValue())));
  }

  private static AgentFacts agent(JsonNode node) {
    return new AgentFacts(text(node, "group"));
  }

  private static Subject subject(JsonNode node) {
    return node.has("user") ? new UserId(text(node, "user")) : new TeamId(text(node, "team"));
  }

  private static @Nullable Instant instant(JsonNode node, String name) {
    return value(node, name, value -> Instant.parse(value.textValue()));
  }

  static String text(JsonNode node, String name) {
    return node.required(name).textValue();
  }
}
