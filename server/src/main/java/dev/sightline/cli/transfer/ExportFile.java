package dev.sightline.cli.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.sightline.cli.output.Names;
import dev.sightline.v1.AccessEntry;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an organization in the form that {@link ImportFile} reads. */
public final class ExportFile {
  private final JsonGenerator json;

  private ExportFile(JsonGenerator json) {
    this.json = json;
  }

  /** Writes a file with this one organization in it; the writer stays open. */
  public static void write(OrganizationData organization, Writer writer) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(writer)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeArrayFieldStart("organizations");
      new ExportFile(json).organization(organization);
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void organization(OrganizationData organization) throws IOException {
    json.writeStartObject();
    header(organization.header());
    json.writeArrayFieldStart("workspaces");
    for (TransferWorkspace workspace : organization.workspaces()) {
      begin(workspace.getId(), workspace.getName());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("users");
    for (TransferUser user : organization.users()) {
      user(user);
    }
    json.writeEndArray();
    teams(organization);
    dashboards(organization);
    json.writeEndObject();
  }

  private void header(TransferHeader header) throws IOException {
    json.writeStringField("id", header.getOrganizationId());
    json.writeStringField("name", header.getName());
    textUnlessEmpty("parent", header.getParentId());
  }

  private void user(TransferUser user) throws IOException {
    begin(user.getId(), user.getName());
    json.writeStringField("email", user.getEmail());
    textUnlessEmpty("title", user.getTitle());
    json.writeStringField("role", name(user.getRole()));
    json.writeStringField("status", name(user.getStatus()));
    timeUnlessZero("createdAt", user.getCreatedAtMicros());
    timeUnlessZero("adminSince", user.getAdminSinceMicros());
    if (user.getActiveResponse()) {
      json.writeBooleanField("activeResponse", true);
    }
    if (user.getSecondFactor()) {
      json.writeBooleanField("secondFactor", true);
    }
    json.writeEndObject();
  }

  private void teams(OrganizationData organization) throws IOException {
    Map<String, List<TransferMembership>> byTeam =
        organization.memberships().stream()
            .collect(Collectors.groupingBy(TransferMembership::getTeamId));
    json.writeArrayFieldStart("teams");
    for (TransferTeam team : organization.teams()) {
      List<TransferMembership> members = byTeam.getOrDefault(team.getId(), List.of());
      begin(team.getId(), team.getName());
      ids(
          "members",
          members.stream()
              .filter(TransferMembership::hasUserId)
              .map(TransferMembership::getUserId)
              .toList());
      ids(
          "memberTeams",
          members.stream()
              .filter(TransferMembership::hasMemberTeamId)
              .map(TransferMembership::getMemberTeamId)
              .toList());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void dashboards(OrganizationData organization) throws IOException {
    Map<String, List<TransferEntry>> byDashboard =
        organization.entries().stream()
            .collect(Collectors.groupingBy(TransferEntry::getDashboardId));
    Map<String, List<String>> subscribers =
        organization.subscriptions().stream()
            .collect(
                Collectors.groupingBy(
                    TransferSubscription::getDashboardId,
                    Collectors.mapping(TransferSubscription::getUserId, Collectors.toList())));
    json.writeArrayFieldStart("dashboards");
    for (var each : organization.dashboards()) {
      Dashboard dashboard = each.getDashboard();
      begin(dashboard.getId(), dashboard.getName());
      json.writeStringField("owner", dashboard.getOwnerId());
      json.writeStringField("default", name(dashboard.getCompanyDefault()));
      json.writeBooleanField("draft", dashboard.getDraft());
      textUnlessEmpty("workspace", dashboard.getWorkspaceId());
      entries(
          byDashboard.getOrDefault(dashboard.getId(), List.of()).stream()
              .map(TransferEntry::getEntry)
              .toList());
      if (subscribers.containsKey(dashboard.getId())) {
        ids("subscribers", subscribers.get(dashboard.getId()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void entries(List<AccessEntry> entries) throws IOException {
    json.writeObjectFieldStart("users");
    for (AccessEntry entry : entries) {
      if (entry.hasUserId()) {
        level(entry.getUserId(), entry);
      }
    }
    json.writeEndObject();
    json.writeObjectFieldStart("teams");
    for (AccessEntry entry : entries) {
      if (entry.hasTeamId()) {
        level(entry.getTeamId(), entry);
      }
    }
    json.writeEndObject();
  }

  private void level(String subject, AccessEntry entry) throws IOException {
    if (entry.getEndsAtMicros() == 0) {
      json.writeStringField(subject, name(entry.getLevel()));
      return;
    }
    json.writeObjectFieldStart(subject);
    json.writeStringField("level", name(entry.getLevel()));
    timeUnlessZero("endsAt", entry.getEndsAtMicros());
    json.writeEndObject();
  }

  private void begin(String id, String name) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("name", name);
  }

  private void ids(String field, List<String> ids) throws IOException {
    json.writeArrayFieldStart(field);
    for (String id : ids) {
      json.writeString(id);
    }
    json.writeEndArray();
  }

  private void textUnlessEmpty(String field, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(field, text);
    }
  }

  private void timeUnlessZero(String field, long micros) throws IOException {
    if (micros != 0) {
      json.writeStringField(field, Names.time(micros));
    }
  }

  private static String name(Enum<?> value) {
    return Names.of(value).toUpperCase(Locale.ROOT);
  }
}
