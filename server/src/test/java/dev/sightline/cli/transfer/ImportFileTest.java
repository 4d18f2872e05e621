package dev.sightline.cli.transfer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.cli.Demo;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.v1.Level;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportFileTest {
  private static final String GOOD =
      """
      {"organizations":[{"id":"acme","name":"Acme","workspaces":[{"id":"w1","name":"West"}],
       "users":[{"id":"ada","name":"Ada","email":"ada@acme.test","role":"ADMIN","title":"Boss",
                 "createdAt":"2026-01-31T12:00:00Z","adminSince":"2026-02-01T00:00:00.000001Z"},
                {"id":"bob","name":"Bob","email":"bob@acme.test","status":"DISABLED",
                 "activeResponse":true,"secondFactor":true}],
       "teams":[{"id":"t1","name":"One","members":["bob"],"parent":"t2"},
                {"id":"t2","name":"Two","memberTeams":["t3"]},{"id":"t3","name":"Three"}],
       "dashboards":[{"id":"d1","name":"Sales","owner":"ada","default":"NONE","draft":true,
                      "workspace":"w1","subscribers":["bob"],"users":{"bob":"EDITOR"},
                      "teams":{"t2":{"level":"VIEWER","endsAt":"2030-01-01T00:00:00Z"}}}],
       "expected":{"NONE":1,"VIEWER":0,"EDITOR":0,"OWNER":1}}]}
      """;

  @Test
  void everything_that_a_file_can_say_is_read() throws InterruptedException {
    OrganizationData acme = read(GOOD).getFirst();

    assertAll(
        () -> assertEquals("acme", acme.id()),
        () -> assertEquals(List.of("ada", "bob"), acme.userIds()),
        () -> assertEquals(1_769_860_800_000_000L, acme.users().getFirst().getCreatedAtMicros()),
        () -> assertEquals(3, acme.memberships().size()),
        () -> assertEquals("w1", acme.dashboards().getFirst().getDashboard().getWorkspaceId()),
        () -> assertEquals(Level.LEVEL_EDITOR, acme.entries().getFirst().getEntry().getLevel()),
        () -> assertTrue(acme.entries().getLast().getEntry().getEndsAtMicros() > 0),
        () -> assertEquals("bob", acme.subscriptions().getFirst().getUserId()),
        () -> assertEquals(new LevelTotals(1, 0, 0, 1), acme.expected()));
  }

  @Test
  void what_is_exported_is_what_was_imported() throws InterruptedException, IOException {
    OrganizationData acme = read(GOOD).getFirst();
    var written = new StringWriter();

    ExportFile.write(acme, written);

    List<String> before = sorted(acme);
    assertEquals(before, sorted(read(written.toString()).getFirst()));
  }

  private static List<String> sorted(OrganizationData organization) {
    return organization.records().map(Object::toString).sorted().toList();
  }

  @Test
  void the_foundation_is_in_order_and_says_what_it_expects() throws InterruptedException {
    var organizations = new ArrayList<OrganizationData>();
    Demo.data().read(organizations::add);

    assertAll(
        () -> assertEquals(8, organizations.size()),
        () -> assertEquals(2_666, organizations.stream().mapToInt(o -> o.users().size()).sum()),
        () -> assertEquals(320, organizations.stream().mapToInt(o -> o.dashboards().size()).sum()));
    for (OrganizationData each : organizations) {
      LevelTotals expected = each.expected();
      assertEquals((long) each.users().size() * each.dashboards().size(), expected.pairs());
    }
  }

  @Test
  void a_file_cut_anywhere_is_refused_as_cut_short_and_hands_over_no_organization_that_was_cut() {
    for (int length = 1; length < GOOD.stripTrailing().length(); length++) {
      String cut = GOOD.substring(0, length);
      CommandFailure failure = assertThrows(CommandFailure.class, () -> read(cut), cut);
      assertEquals(3, failure.exit().code(), cut);
      assertEquals("MALFORMED_IMPORT", failure.reason(), cut);
      assertTrue(failure.sentence().contains("Nothing was imported."), failure.sentence());
    }
    String inBob = GOOD.substring(0, GOOD.indexOf("bob@acme.test"));
    assertTrue(refusal(inBob).contains("organization acme, user 2: the file ends"));
  }

  @Test
  void an_empty_file_is_refused() {
    assertTrue(refusal("").contains("expected {\"organizations\": […]}"));
  }

  @Test
  void packed_data_that_is_cut_is_refused_as_cut_short() throws IOException {
    byte[] packed;
    try (InputStream stream =
        Demo.class.getResourceAsStream("/dev/sightline/demo/foundation.json.gz")) {
      packed = stream.readAllBytes();
    }
    var half = new Source("half.gz", () -> new ByteArrayInputStream(packed, 0, packed.length / 2));

    var failure =
        assertThrows(CommandFailure.class, () -> new ImportFile(half).read(organization -> {}));
    assertTrue(failure.sentence().contains("it is cut short"), failure.sentence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name":"Ada"        | "name":7            | user 1: 'name' is a number, expected a text
          "name":"Ada"        | "nam":"Ada"         | unknown field 'nam'
          "id":"ada"          | "id":"a/da"         | expected an id
          "role":"ADMIN"      | "role":"BOSS"       | expected one of [ANALYST, MANAGER, ADMIN]
          "role":"ADMIN"      | "role":"ANALYST"    | no ACTIVE ADMIN
          "id":"bob"          | "id":"ada"          | user ada is there twice
          "bob@acme.test"     | "ADA@acme.test"     | e-mail address ada@acme.test is there twice
          "ada@acme.test"     | "ada"               | expected an e-mail address
          "members":["bob"]   | "members":["eve"]   | there is no user eve, which is named as a member of team t1
          "members":["bob"]   | "members":"bob"     | expected a list of ids
          "members":["bob"]   | "members":["bob","bob"] | bob is in team t1 twice
          "memberTeams":["t3"] | "parent":"t1"      | teams in a circle
          "owner":"ada"       | "owner":"bob"       | has an entry for its owner bob
          "owner":"ada"       | "owner":"eve"       | there is no user eve, which is named as the owner of dashboard d1
          "workspace":"w1"    | "workspace":"w2"    | there is no workspace w2
          "subscribers":["bob"] | "subscribers":["eve"] | there is no user eve, which is named as a subscriber of dashboard d1
          "subscribers":["bob"] | "subscribers":["bob","bob"] | bob is a subscriber of dashboard d1 twice
          "draft":true        | "draft":"yes"       | 'draft' is a text, expected true or false
          "default":"NONE"    | "default":"OWNER"   | expected one of [VIEWER, NONE, EDITOR]
          "2030-01-01T00:00:00Z" | "tomorrow"       | expected a time like
          "NONE":1            | "NONE":-1           | expected a number of pairs
          "id":"acme"         | "id":"acme","id":"acme" | Duplicate
          "name":"Acme"       | "nick":"Acme"       | unknown field 'nick'
          """)
  void what_is_wrong_is_said_with_its_place(String good, String bad, String expected) {
    String sentence = refusal(GOOD.replace(good, bad));

    assertTrue(sentence.contains(expected), sentence);
    assertTrue(
        sentence.startsWith("test.json, organization acme") || bad.contains("acme\",\"id"),
        sentence);
  }

  private static String refusal(String text) {
    return assertThrows(CommandFailure.class, () -> read(text)).sentence();
  }

  private static List<OrganizationData> read(String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var organizations = new ArrayList<OrganizationData>();
    new ImportFile(new Source("test.json", () -> new ByteArrayInputStream(bytes)))
        .read(organizations::add);
    return organizations;
  }
}
