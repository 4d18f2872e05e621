package dev.sightline.client;

import static dev.sightline.client.NearWorld.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NearTableTest {
  private final Generation generation = new Generation(0, at(1), 10);

  private void put(NearTable table, String user, String dashboard) {
    var evidence = new Evidence(at(1), Duration.ZERO, null, null);
    table.put(
        new HeldDecision(
            NearTable.hash(generation, user, dashboard),
            generation,
            generation.user(user),
            generation.dashboard(dashboard),
            Action.VIEW,
            Translation.decision(true, evidence),
            true,
            Long.MAX_VALUE));
  }

  private HeldDecision find(NearTable table, String user, String dashboard) {
    return table.find(generation, user, Action.VIEW, dashboard);
  }

  @Test
  void it_grows_and_finds_all() {
    var table = new NearTable(100_000);
    for (int i = 0; i < 20_000; i++) {
      put(table, "user" + i % 100, "dashboard" + i);
    }
    for (int i = 0; i < 20_000; i++) {
      assertNotNull(find(table, "user" + i % 100, "dashboard" + i));
    }
    assertEquals(20_000, table.size());
  }

  @Test
  void it_never_holds_more_than_it_may() {
    var table = new NearTable(1_000);
    for (int i = 0; i < 20_000; i++) {
      put(table, "user" + i, "revenue");
      assertTrue(table.size() <= 1_000);
    }
    assertEquals(19_000, table.evictions());
  }

  @Test
  void what_is_used_stays() {
    var table = new NearTable(1_000);
    put(table, "ann", "revenue");
    for (int i = 0; i < 20_000; i++) {
      put(table, "user" + i, "revenue");
      find(table, "ann", "revenue").use();
    }
    assertNotNull(find(table, "ann", "revenue"));
  }

  @Test
  void if_all_is_used_something_goes_nevertheless() {
    var table = new NearTable(1_000);
    for (int i = 0; i < 3_000; i++) {
      put(table, "user" + i, "revenue");
      find(table, "user" + i, "revenue").use();
    }
    assertEquals(1_000, table.size());
  }

  @Test
  void ids_made_to_collide_do_not_make_long_chains() {
    var table = new NearTable(100_000);
    var parts = new String[] {"Aa", "BB"};
    for (int i = 0; i < 1 << 12; i++) {
      var id = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        id.append(parts[i >> bit & 1]);
      }
      put(table, id.toString(), "revenue");
    }
    assertTrue(table.size() <= 25, "" + table.size());
  }

  @Test
  void users_and_dashboards_without_answers_are_forgotten() {
    var table = new NearTable(10);
    put(table, "ann", "revenue");
    var ann = generation.user("ann");
    assertEquals(1, table.drop(generation, "ann", "revenue", at(2)));
    assertTrue(ann != generation.user("ann"));
    assertNull(find(table, "ann", "revenue"));
  }
}
