package dev.sightline.cli.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.transfer.Importer.Imported;
import dev.sightline.v1.OrganizationCounts;
import java.util.List;

/** Says what an import did. */
public final class ImportReport {
  private final Output output;

  public ImportReport(Output output) {
    this.output = output;
  }

  /** What came in, and what asking about it gave; no totals if nothing was asked. */
  public void print(List<Imported> imported, List<Totals> totals) {
    if (output.isJson()) {
      output.raw(document(imported, totals).toString());
      return;
    }
    output.table(counts(imported), "There are no organizations in the file.");
    if (!totals.isEmpty()) {
      output.line("");
      output.line(
          "Levels of all pairs of user and dashboard, as asked, against what was expected:");
      output.table(new TotalsTable(output.style()).of(totals), "");
    }
  }

  private static Table counts(List<Imported> imported) {
    var table = new Table("PORTAL", ">USERS", ">TEAMS", ">MEMBERSHIPS", ">DASHBOARDS", ">ENTRIES");
    for (Imported organization : imported) {
      row(table, organization.id(), organization.counts());
    }
    if (imported.size() > 1) {
      row(table, "all", sum(imported));
    }
    return table;
  }

  private static void row(Table table, String name, OrganizationCounts counts) {
    table.row(
        name,
        Names.count(counts.getUsers()),
        Names.count(counts.getTeams()),
        Names.count(counts.getMemberships()),
        Names.count(counts.getDashboards()),
        Names.count(counts.getEntries()));
  }

  private static OrganizationCounts sum(List<Imported> imported) {
    var sum = OrganizationCounts.newBuilder();
    for (Imported organization : imported) {
      OrganizationCounts counts = organization.counts();
      sum.setUsers(sum.getUsers() + counts.getUsers())
          .setTeams(sum.getTeams() + counts.getTeams())
          .setMemberships(sum.getMemberships() + counts.getMemberships())
          .setDashboards(sum.getDashboards() + counts.getDashboards())
          .setEntries(sum.getEntries() + counts.getEntries());
    }
    return sum.build();
  }

  private static ObjectNode document(List<Imported> imported, List<Totals> totals) {
    var document = JsonNodeFactory.instance.objectNode();
    ArrayNode organizations = document.putArray("organizations");
    for (Imported each : imported) {
      organizations
          .addObject()
          .put("organization_id", each.id())
          .put("users", each.counts().getUsers())
          .put("teams", each.counts().getTeams())
          .put("memberships", each.counts().getMemberships())
          .put("dashboards", each.counts().getDashboards())
          .put("entries", each.counts().getEntries());
    }
    ArrayNode checks = document.putArray("totals");
    totals.forEach(each -> put(checks.addObject(), each));
    return document;
  }

  private static void put(ObjectNode node, Totals totals) {
    node.put("organization_id", totals.organizationId());
    put(node.putObject("levels"), totals.levels());
    node.put("listed", totals.listed()).put("audience", totals.audience());
    LevelTotals expected = totals.expected();
    if (expected != null) {
      put(node.putObject("expected"), expected);
    }
    node.put("matches", totals.matches());
  }

  private static void put(ObjectNode node, LevelTotals levels) {
    node.put("NONE", levels.none())
        .put("VIEWER", levels.viewer())
        .put("EDITOR", levels.editor())
        .put("OWNER", levels.owner());
  }
}
