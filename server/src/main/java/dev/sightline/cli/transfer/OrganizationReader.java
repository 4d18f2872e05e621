package dev.sightline.cli.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEntry;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferMembership;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferTeam;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.TransferWorkspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one organization, record by record, its fields in any order. */
final class OrganizationReader {
  private static final Set<String> HEADER = Set.of("id", "name", "parent");

  private final JsonParser parser;
  private final Place place;
  private final RecordReader records;
  private final ObjectNode header = JsonNodeFactory.instance.objectNode();
  private final List<TransferWorkspace> workspaces = new ArrayList<>();
  private final List<TransferUser> users = new ArrayList<>();
  private final List<TransferTeam> teams = new ArrayList<>();
  private final List<TransferMembership> memberships = new ArrayList<>();
  private final List<TransferDashboard> dashboards = new ArrayList<>();
  private final List<TransferEntry> entries = new ArrayList<>();
  private final List<TransferSubscription> subscriptions = new ArrayList<>();
  private @Nullable LevelTotals expected;

  OrganizationReader(JsonParser parser, Place place) {
    this.parser = parser;
    this.place = place;
    this.records = new RecordReader(place);
  }

  /** Reads the organization whose opening brace the parser is at. */
  OrganizationData read(int number) throws IOException {
    place.atOrganization("number " + number);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw place.malformed("expected an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      field(field);
    }
    place.atRecord("");
    return data();
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "id", "name", "parent" -> headerField(name);
      case "workspaces" -> each("workspace", node -> workspaces.add(records.workspace(node)));
      case "users" -> each("user", node -> users.add(records.user(node)));
      case "teams" ->
          each(
              "team",
              node -> {
                teams.add(records.team(node));
                memberships.addAll(records.memberships(node));
              });
      case "dashboards" ->
          each(
              "dashboard",
              node -> {
                dashboards.add(records.dashboard(node));
                entries.addAll(records.entries(node));
                subscriptions.addAll(records.subscriptions(node));
              });
      case "expected" -> {
        place.atRecord("expected");
        expected = records.expected(node());
      }
      default ->
          throw place.malformed(
              "unknown field '"
                  + name
                  + "', expected [dashboards, expected, id, name, parent, teams, users,"
                  + " workspaces]");
    }
    place.atRecord("");
  }

  private void headerField(String name) throws IOException {
    header.set(name, node());
    if (name.equals("id")) {
      place.atOrganization(new RecordFields(place, header, HEADER).id("id"));
    }
  }

  private void each(String kind, Consumer<JsonNode> reader) throws IOException {
    place.atRecord(kind + "s");
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw place.malformed("expected a list");
    }
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      place.atRecord(kind + " " + number);
      reader.accept(node());
    }
  }

  private JsonNode node() throws IOException {
    return parser.readValueAsTree();
  }

  private OrganizationData data() {
    var fields = new RecordFields(place, header, HEADER);
    var transferHeader =
        TransferHeader.newBuilder()
            .setOrganizationId(fields.id("id"))
            .setName(fields.name("name"))
            .setParentId(fields.optionalId("parent"))
            .build();
    return new OrganizationData(
        transferHeader,
        workspaces,
        users,
        teams,
        memberships,
        dashboards,
        entries,
        subscriptions,
        expected);
  }
}
