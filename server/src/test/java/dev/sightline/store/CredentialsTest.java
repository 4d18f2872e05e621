package dev.sightline.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.model.EmailAddress;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.ApiToken.Binding;
import dev.sightline.store.SigningKeys.SigningKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is global, in a database of its own. */
class CredentialsTest {
  private static final Binding ONE = new Binding.OneOrganization(new OrganizationId("acme"));
  private static final Binding REALM = new Binding.Realm(new OrganizationId("acme"));
  private static final Binding ALL = new Binding.Everything();

  private final DatabaseSettings settings = TestDatabase.fresh();
  private final Database database = Database.open(settings);
  private final ApiTokens tokens = database.tokens();

  @AfterEach
  void close() {
    database.close();
  }

  private static ApiToken token(String id, Binding binding) {
    return new ApiToken(
        id,
        "Name of " + id,
        Set.of("check", "watch"),
        binding,
        Sample.T0,
        Sample.T0.plusSeconds(60),
        null);
  }

  private static byte[] hash(int first) {
    byte[] hash = new byte[32];
    hash[0] = (byte) first;
    return hash;
  }

  @Test
  void a_token_is_found_by_its_hash_and_listed_by_what_it_is_bound_to() {
    assertTrue(tokens.insert(token("t1", ONE), hash(1)));
    assertTrue(tokens.insert(token("t2", REALM), hash(2)));
    assertTrue(tokens.insert(token("t3", ALL), hash(3)));
    assertTrue(tokens.insert(token("t4", ONE), hash(4)));

    assertEquals(token("t2", REALM), tokens.findByHash(hash(2)));
    assertEquals(token("t3", ALL), tokens.find("t3"));
    assertNull(tokens.findByHash(hash(9)));
    assertEquals(List.of(token("t1", ONE), token("t4", ONE)), tokens.list(ONE, Page.first(10)));
    assertEquals(List.of(token("t3", ALL)), tokens.list(ALL, Page.first(10)));
    assertEquals(List.of(token("t4", ONE)), tokens.list(ONE, new Page("t1", 10)));
  }

  @Test
  void every_change_of_a_token_raises_the_epoch_that_proofs_carry() {
    long before = tokens.epoch();
    tokens.insert(token("t1", ONE), hash(1));
    long inserted = tokens.epoch();
    assertTrue(inserted > before);
    assertTrue(tokens.revoke("t1", Sample.T0));
    long revoked = database.proofs().prove(List.of()).tokenEpoch();
    assertTrue(revoked > inserted);

    assertFalse(tokens.revoke("t1", Sample.T0.plusSeconds(1)));
    assertFalse(tokens.revoke("unknown", Sample.T0));
    assertFalse(tokens.insert(token("t1", ALL), hash(5)));
    assertEquals(revoked, tokens.epoch());
    assertEquals(Sample.T0, tokens.find("t1").revokedAt());
  }

  @Test
  void a_database_that_was_put_back_does_not_come_to_the_same_epoch_again() {
    long backedUp = tokens.epoch();
    tokens.insert(token("t1", ONE), hash(1));
    long lost = tokens.epoch();
    TestDatabase.execute(settings, "UPDATE token_epoch SET epoch = " + backedUp);
    tokens.insert(token("t2", ONE), hash(2));
    assertNotEquals(lost, tokens.epoch());
  }

  @Test
  void the_first_use_makes_a_signing_key_and_older_ones_stay_until_dropped() {
    SigningKeys keys = database.signingKeys();
    SigningKey first = keys.current();
    assertEquals(first.id(), keys.current().id());
    assertEquals(32, first.key().length);

    SigningKey second = keys.rotate(first.id());
    assertEquals(second.id(), keys.rotate(first.id()).id());
    assertEquals(second.id(), keys.current().id());
    assertNotEquals(first.id(), second.id());
    assertArrayEquals(first.key(), keys.find(first.id()).key());

    assertEquals(1, keys.drop(second.createdAt().plusSeconds(1)));
    assertNull(keys.find(first.id()));
    assertEquals(second.id(), keys.current().id());
  }

  @Test
  void an_agent_id_once_used_is_not_used_again() {
    SupportAgents agents = database.supportAgents();
    var eve = new UserId("support:eve");
    var row = new AgentRow(eve, "Eve", new EmailAddress("eve@vendor.org"), "Support", false);
    assertTrue(isNew(agents, row));
    assertFalse(isNew(agents, row));
    var moved = new AgentRow(eve, "Eve", row.email(), "Tier 2", false);
    update(agents, moved);
    assertEquals(List.of(), agents.list("Support", true, Page.first(9)));
    assertEquals(List.of(moved), agents.list("Tier 2", false, Page.first(9)));
    assertEquals(
        "Eve",
        database
            .organizations()
            .write(new OrganizationId("acme"), t -> t.agents().agent(eve))
            .name());

    update(agents, new AgentRow(eve, "Eve", row.email(), "Tier 2", true));
    assertFalse(isNew(agents, row));
    assertTrue(agents.find(eve).removed());
    assertEquals(List.of(), agents.list("Tier 2", false, Page.first(9)));
    assertEquals(1, agents.list(null, true, Page.first(9)).size());
  }

  private static boolean isNew(SupportAgents agents, AgentRow row) {
    return agents.<Boolean>write(t -> t.register(row));
  }

  private static void update(SupportAgents agents, AgentRow row) {
    agents.write(t -> {
      t.update(row);
      return row;
    });
  }

  @Test
  void a_job_that_is_finished_does_not_take_a_newer_one_away() {
    SupportAgents agents = database.supportAgents();
    var row =
        new AgentRow(
            new UserId("support:ann"), "Ann", new EmailAddress("ann@vendor.org"), "Jobs", false);
    agents.write(t -> {
      boolean isNew = t.register(row);
      t.addJob(row.id(), "one");
      return isNew;
    });
    var first = agents.job(row.id());
    agents.write(t -> {
      t.update(row);
      t.addJob(row.id(), "other");
      return row;
    });
    var second = agents.job(row.id());
    assertEquals("other", second.caller());
    agents.finished(first);
    assertEquals(List.of(second), agents.jobs());
    agents.finished(second);
    assertEquals(List.of(), agents.jobs());
    agents.write(t -> {
      t.addJob(row.id(), "third");
      return row;
    });
    agents.finished(second);
    assertEquals(List.of(), agents.jobs(), "the agent is as that job has found them");
  }
}
