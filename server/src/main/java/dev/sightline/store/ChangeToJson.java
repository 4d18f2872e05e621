package dev.sightline.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.Person;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes what a change says into a record of the log; {@link ChangeFromJson} reads it back. */
final class ChangeToJson {
  private ChangeToJson() {}

  /** Adds the change to the record; what it may only commit to is returned. */
  static List<PersonalValue> write(Change change, ObjectNode body) {
    List<PersonalValue> personal = new ArrayList<>();
    body.put("kind", kind(change));
    switch (change) {
      case OrganizationChanged c -> values(body, c.before(), c.after(), ChangeToJson::organization);
      case UserChanged c -> {
        body.put("user", c.user().value());
        values(body, c.before(), c.after(), ChangeToJson::user);
      }
      case ProfileChanged c -> {
        body.put("user", c.user().value());
        profile(body, "before", c.user(), c.before(), personal);
        profile(body, "after", c.user(), c.after(), personal);
      }
      case TeamChanged c -> {
        body.put("team", c.team().value());
        values(body, c.before(), c.after(), ChangeToJson::team);
      }
      case MembershipChanged c -> {
        body.put("team", c.team().value());
        subject(body.putObject("member"), c.member());
        body.put("before", !c.joined());
        body.put("after", c.joined());
      }
      case WorkspaceChanged c -> {
        body.put("workspace", c.workspace().value());
        values(body, c.before(), c.after(), ChangeToJson::workspace);
      }
      case DashboardChanged c -> {
        body.put("dashboard", c.dashboard().value());
        values(body, c.before(), c.after(), ChangeToJson::dashboard);
      }
      case EntryChanged c -> {
        body.put("dashboard", c.dashboard().value());
        subject(body.putObject("subject"), c.subject());
        values(body, c.before(), c.after(), ChangeToJson::entry);
      }
      case EstateInherited c -> {
        body.put("before", c.from().value());
        body.put("after", c.to().value());
        ArrayNode dashboards = body.putArray("dashboards");
        c.dashboards().forEach(dashboard -> dashboards.add(dashboard.value()));
      }
      case GrantChanged c -> {
        body.put("grant", c.grant().value());
        values(body, c.before(), c.after(), ChangeToJson::grant);
      }
      case AgentChanged c -> {
        body.put("agent", c.agent().value());
        values(body, c.before(), c.after(), ChangeToJson::agent);
      }
      case RequestChanged c -> {
        body.put("request", c.request().value());
        values(body, c.before(), c.after(), AroundToJson::request);
      }
      case SubscriptionChanged c -> {
        body.put("dashboard", c.dashboard().value());
        body.put("user", c.user().value());
        body.put("before", !c.subscribed());
        body.put("after", c.subscribed());
      }
      case InvitationChanged c -> {
        body.put("user", c.user().value());
        values(body, c.before(), c.after(), AroundToJson::invitation);
      }
      case SupportRequestChanged c -> {
        body.put("agent", c.agent().value());
        values(body, c.before(), c.after(), AroundToJson::supportRequest);
      }
      case SupportPolicyChanged c ->
          values(body, c.before(), c.after(), AroundToJson::supportPolicy);
      case ReasonGiven c -> personal.add(AroundToJson.reason(body, c));
      case AgentActed c -> AroundToJson.act(body, c);
      case PersonalDataErased c -> AroundToJson.erasure(body, c);
    }
    return personal;
  }

  /** The name that stands in the log for good, whatever becomes of the class's. */
  private static String kind(Change change) {
    return switch (change) {
      case OrganizationChanged _ -> "ORGANIZATION";
      case UserChanged _ -> "USER";
      case ProfileChanged _ -> "PROFILE";
      case TeamChanged _ -> "TEAM";
      case MembershipChanged _ -> "MEMBERSHIP";
      case WorkspaceChanged _ -> "WORKSPACE";
      case DashboardChanged _ -> "DASHBOARD";
      case EntryChanged _ -> "ENTRY";
      case EstateInherited _ -> "ESTATE";
      case GrantChanged _ -> "GRANT";
      case AgentChanged _ -> "AGENT";
      case RequestChanged _ -> "REQUEST";
      case SubscriptionChanged _ -> "SUBSCRIPTION";
      case InvitationChanged _ -> "INVITATION";
      case SupportRequestChanged _ -> "SUPPORT_REQUEST";
      case SupportPolicyChanged _ -> "SUPPORT_POLICY";
      case ReasonGiven _ -> "REASON";
      case AgentActed _ -> "AGENT_ACT";
      case PersonalDataErased _ -> "ERASURE";
    };
  }

  private static <T> void values(
      ObjectNode body, @Nullable T before, @Nullable T after, BiConsumer<ObjectNode, T> write) {
    value(body, "before", before, write);
    value(body, "after", after, write);
  }

  private static <T> void value(
      ObjectNode body, String name, @Nullable T value, BiConsumer<ObjectNode, T> write) {
    if (value == null) {
      body.putNull(name);
    } else {
      write.accept(body.putObject(name), value);
    }
  }

  private static void organization(ObjectNode node, OrganizationFacts facts) {
    node.put("name", facts.name());
    node.put("parent", facts.parent() == null ? null : facts.parent().value());
  }

  private static void user(ObjectNode node, UserFacts facts) {
    node.put("role", facts.role().name());
    node.put("status", facts.status().name());
    instant(node, "createdAt", facts.createdAt());
    instant(node, "adminSince", facts.adminSince());
    node.put("activeResponse", facts.activeResponse());
    node.put("secondFactor", facts.secondFactor());
  }

  private static void profile(
      ObjectNode body,
      String name,
      UserId user,
      @Nullable Profile profile,
      List<PersonalValue> personal) {
    value(
        body,
        name,
        profile,
        (node, value) -> {
          commit(node, name, "name", user, value.name(), personal);
          commit(node, name, "email", user, value.email().value(), personal);
          commit(node, name, "title", user, value.title(), personal);
        });
  }

  private static void commit(
      ObjectNode node,
      String side,
      String field,
      UserId user,
      String value,
      List<PersonalValue> personal) {
    PersonalValue hidden = PersonalValue.of(side + "." + field, Person.here(user), value);
    node.put(field, hidden.commitment());
    personal.add(hidden);
  }

  private static void team(ObjectNode node, TeamFacts facts) {
    node.put("name", facts.name());
  }

  private static void workspace(ObjectNode node, WorkspaceFacts facts) {
    node.put("name", facts.name());
  }

  private static void dashboard(ObjectNode node, DashboardFacts facts) {
    node.put("name", facts.name());
    node.put("owner", facts.owner().value());
    node.put("companyDefault", facts.companyDefault().name());
    node.put("draft", facts.draft());
    node.put("workspace", facts.workspace() == null ? null : facts.workspace().value());
  }

  private static void entry(ObjectNode node, Entry entry) {
    node.put("level", entry.level().name());
    instant(node, "end", entry.end());
  }

  private static void grant(ObjectNode node, GrantFacts facts) {
    switch (facts.holder()) {
      case Holder.Group(var name) -> node.putObject("holder").put("group", name);
      case Holder.Agent(var agent) -> node.putObject("holder").put("agent", agent.value());
    }
    ArrayNode roles = node.putArray("roles");
    facts.roles().forEach(role -> roles.add(role.name()));
    ArrayNode workspaces = node.putArray("workspaces");
    facts
        .workspaces()
        .forEach(scope ->
            workspaces
                .addObject()
                .put("workspace", scope.workspace().value())
                .put("role", scope.role() == null ? null : scope.role().name()));
    instant(node, "start", facts.start());
    instant(node, "end", facts.end());
  }

  private static void agent(ObjectNode node, AgentFacts facts) {
    node.put("group", facts.group());
  }

  private static void subject(ObjectNode node, Subject subject) {
    switch (subject) {
      case UserId user -> node.put("user", user.value());
      case TeamId team -> node.put("team", team.value());
    }
  }

  /** Rows keep microseconds; a finer instant would come back as another one. */
  static void instant(ObjectNode node, String name, @Nullable Instant instant) {
    if (instant != null && !instant.equals(Instants.truncated(instant))) {
      throw new IllegalArgumentException(
          "instants have microsecond precision: " + name + " = " + instant);
    }
    node.put(name, instant == null ? null : instant.toString());
  }
}
