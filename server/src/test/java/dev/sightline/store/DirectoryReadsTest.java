package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.COSTS;
import static dev.sightline.store.Sample.append;
import static dev.sightline.store.Sample.profile;
import static dev.sightline.store.Sample.user;
import static dev.sightline.store.TestDatabase.newOrganization;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import dev.sightline.store.Rows.DashboardRow;
import dev.sightline.store.Rows.OrganizationRow;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.store.Rows.WorkspaceRow;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryReadsTest {
  private static final UserId CLEO = new UserId("cleo");

  private final OrganizationStore store = TestDatabase.shared().organizations();
  private final DirectoryReads directory = TestDatabase.shared().directory();
  private final OrganizationId acme = newOrganization();

  @BeforeEach
  void organization() {
    append(store, acme, Sample.everything(acme));
    append(store, acme, profile(BOB, "Bob_Élan 100%", "bob@example.org"));
    append(store, acme, user(CLEO, Sample.ANALYST), profile(CLEO, "Cleo", "adam@example.org"));
  }

  private List<UserId> people(String text) {
    return directory.people(acme, text, 10).stream().map(UserRow::id).toList();
  }

  @Test
  void people_are_found_by_any_part_of_name_or_address_whatever_the_case() {
    assertEquals(List.of(ADA), people("LOVE"));
    assertEquals(List.of(BOB), people("éLAN"));
    assertEquals(List.of(CLEO), people("adam@"));
    assertEquals(Set.of(ADA, BOB, CLEO), Set.copyOf(people("example.org")));
    assertEquals(2, directory.people(acme, "example.org", 2).size());
    assertEquals(List.of(), people("nobody"));
  }

  @Test
  void what_begins_with_the_text_comes_first() {
    assertEquals(List.of(ADA, CLEO), people("ada"));
    assertEquals(List.of(CLEO, ADA), people("c"));
  }

  @Test
  void signs_with_a_meaning_in_patterns_have_none_in_a_search() {
    assertEquals(List.of(BOB), people("b_é"));
    assertEquals(List.of(BOB), people("100%"));
    assertEquals(List.of(), people("a_a"));
    assertEquals(List.of(BOB), people("%"));
    assertEquals(List.of(), people("\\"));
  }

  @Test
  void who_is_deleted_is_listed_on_wish_and_never_found() {
    append(store, acme, new UserChanged(BOB, Sample.ANALYST, null));
    assertEquals(List.of(), people("bob"));
    var all = EnumSet.allOf(Status.class);
    assertEquals(
        List.of(ADA, BOB, CLEO),
        directory.users(acme, all, Page.first(10)).stream().map(UserRow::id).toList());
    assertEquals(
        List.of(CLEO),
        directory.users(acme, EnumSet.of(Status.INVITED), Page.first(10)).stream()
            .map(UserRow::id)
            .toList());
  }

  @Test
  void pages_continue_where_the_last_one_ended() {
    var all = EnumSet.allOf(Status.class);
    assertEquals(
        List.of(ADA, BOB),
        directory.users(acme, all, Page.first(2)).stream().map(UserRow::id).toList());
    assertEquals(
        List.of(CLEO),
        directory.users(acme, all, new Page("bob", 2)).stream().map(UserRow::id).toList());
  }

  @Test
  void teams_workspaces_and_dashboards_come_with_their_names() {
    assertEquals(
        List.of(
            new TeamRow(Sample.NORTH, "North", false), new TeamRow(Sample.SALES, "Sales", false)),
        directory.teams(acme, Page.first(10)));
    assertEquals(
        List.of(new WorkspaceRow(Sample.LAB, "Lab", false)),
        directory.workspaces(acme, Page.first(10)));
    var facts = Sample.COSTS_FACTS;
    assertEquals(
        new DashboardRow(
            COSTS, "Costs", ADA, facts.companyDefault(), facts.draft(), facts.workspace(), false),
        directory.dashboards(acme, Page.first(10)).getFirst());
    assertEquals(
        Sample.ADA_PROFILE,
        directory.rows(acme, rows -> rows.users(Set.of(ADA)).get(ADA)).profile());
  }

  @Test
  void a_realm_holds_its_root_and_all_beneath() {
    OrganizationId under = newOrganization();
    append(store, under, new OrganizationChanged(null, new OrganizationFacts("Under", acme)));
    assertEquals(
        Set.of(acme, under),
        Set.copyOf(
            directory.realm(acme, Page.first(10)).stream().map(OrganizationRow::id).toList()));
    assertEquals(new OrganizationRow(under, "Under", acme, acme), directory.organization(under));
    assertNull(directory.organization(newOrganization()));
    assertTrue(directory.organizations(Page.first(1_000)).size() >= 2);
  }
}
