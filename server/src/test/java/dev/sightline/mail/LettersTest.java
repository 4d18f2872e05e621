package dev.sightline.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LettersTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final Recipient FAY =
      new Recipient(new UserId("fay"), new EmailAddress("fay@acme.test"));
  private static final Instant END = Instant.parse("2021-01-11T09:00:00Z");
  private static final String NASTY = "<b>&\"'{{ 1 + 1 }}</b>\r\nBcc: all@acme.test";

  private final Letters letters =
      new Letters(
          new Links(
              URI.create("https://access.acme.test"),
              "https://app.acme.test/d/{dashboard}?in={organization}",
              "https://app.acme.test/welcome?token={token}"));

  @Test
  void somebody_added_is_told_who_shared_what_and_as_what() {
    Letter letter =
        letters.letter(
            1,
            ACME,
            new Mail.Shared(FAY, new DashboardId("a+b"), "Sales", Level.EDITOR, "Cal Roe"));
    assertEquals("Sales has been shared with you", letter.subject());
    assertEquals(
        """
        Cal Roe has given you access to Sales as Editor.

        Open Dashboard: https://app.acme.test/d/a%2Bb?in=acme
        """,
        letter.text());
    assertTrue(letter.html().contains("<strong>Sales</strong> as <strong>Editor</strong>"));
    assertTrue(letter.html().contains("href=\"https://app.acme.test/d/a%2Bb?in=acme\""));
  }

  @Test
  void an_addressee_gets_a_link_for_each_decision() {
    Map<LinkDecision, LinkToken> tokens = new EnumMap<>(LinkDecision.class);
    for (LinkDecision decision : LinkDecision.values()) {
      tokens.put(decision, LinkToken.draw(RANDOM));
    }
    Letter letter = letters.letter(2, requested("Sales", "Fay Oz", "Quarterly review"), tokens);
    assertEquals("Fay Oz is requesting access to Sales", letter.subject());
    assertTrue(letter.text().contains("Quarterly review"));
    assertTrue(letter.text().contains("fay@acme.test"));
    assertLink(letter, "Approve as Viewer", tokens, LinkDecision.APPROVE_VIEWER);
    assertLink(letter, "Approve as Editor", tokens, LinkDecision.APPROVE_EDITOR);
    assertLink(letter, "Decline", tokens, LinkDecision.DECLINE);
    assertTrue(letter.text().contains("11 January 2021, 09:00 UTC"));
  }

  private static void assertLink(
      Letter letter, String label, Map<LinkDecision, LinkToken> tokens, LinkDecision decision) {
    String link = "https://access.acme.test/l/" + tokens.get(decision).reveal();
    assertTrue(letter.text().contains("\n" + label + ": " + link + "\n"), letter.text());
    assertTrue(letter.html().contains("href=\"" + link + "\">" + label + "</a>"), letter.html());
  }

  private static Mail.AccessRequested requested(String dashboard, String name, String reason) {
    return new Mail.AccessRequested(
        new Recipient(new UserId("cal"), new EmailAddress("cal@acme.test")),
        new RequestId("r1"),
        1,
        new DashboardId("D1"),
        dashboard,
        new UserId("fay"),
        name,
        new EmailAddress("fay@acme.test"),
        reason,
        END);
  }

  @Test
  void a_requester_is_told_of_approval_with_the_owner() {
    Letter letter =
        letters.letter(
            3,
            ACME,
            new Mail.Approved(FAY, new DashboardId("D1"), "Sales", Level.VIEWER, "Cal Roe"));
    assertEquals("Your access to Sales has been approved", letter.subject());
    assertTrue(letter.text().contains("access to Sales as Viewer. It belongs to Cal Roe."));
    assertTrue(letter.text().contains("Open Dashboard: https://app.acme.test/d/D1?in=acme"));
  }

  @Test
  void a_declined_request_names_no_draft_and_nobody_who_declined() {
    EmailAddress contact = new EmailAddress("cal@acme.test");
    DashboardId dashboard = new DashboardId("D1");
    Letter named = letters.letter(4, ACME, new Mail.Declined(FAY, dashboard, "Sales", contact));
    assertEquals("Your access request for Sales was not approved", named.subject());
    assertTrue(named.text().contains("write to cal@acme.test"));
    Letter draft = letters.letter(5, ACME, new Mail.Declined(FAY, dashboard, null, contact));
    assertEquals("Your access request for a dashboard was not approved", draft.subject());
    assertFalse((draft.text() + draft.html()).contains("Sales"));
  }

  @Test
  void the_invited_get_a_link_and_its_end() {
    LinkToken token = LinkToken.draw(RANDOM);
    Letter letter = letters.letter(6, new Mail.Invitation(FAY, "Fay Oz", "Acme", 1, END), token);
    assertEquals("You are invited to Acme", letter.subject());
    String link = "https://app.acme.test/welcome?token=" + token.reveal();
    assertTrue(letter.text().contains("Accept invitation: " + link));
    assertTrue(letter.html().contains("href=\"" + link + "\""));
    assertTrue(letter.text().contains("11 January 2021, 09:00 UTC"));
  }

  @Test
  void an_agent_is_told_where_as_what_and_until_when() {
    Letter letter =
        letters.letter(
            7,
            ACME,
            new Mail.SupportAccessGranted(
                FAY,
                new GrantId("g1"),
                "Acme",
                List.of(SupportRole.VIEWER, SupportRole.ADMINISTRATOR),
                List.of("IT (Editor)", "HR"),
                null));
    assertEquals("You have support access to Acme", letter.subject());
    assertTrue(letter.text().contains("Acme as Viewer, Administrator, until revoked."));
    assertTrue(letter.text().contains("- IT (Editor)\n- HR\n"), letter.text());
    assertTrue(letter.html().contains("<li>IT (Editor)</li><li>HR</li>"));
  }

  @Test
  void what_people_typed_is_escaped_and_breaks_no_subject() {
    Map<LinkDecision, LinkToken> tokens = new EnumMap<>(LinkDecision.class);
    for (LinkDecision decision : LinkDecision.values()) {
      tokens.put(decision, LinkToken.draw(RANDOM));
    }
    Letter letter = letters.letter(8, requested(NASTY, NASTY, NASTY), tokens);
    assertFalse(letter.html().contains("<b>"), letter.html());
    assertTrue(letter.html().contains("&lt;b&gt;&amp;"));
    assertFalse(letter.subject().contains("\n") || letter.subject().contains("\r"));
    assertTrue(letter.text().contains("{{ 1 + 1 }}"), "as it was typed, not evaluated");
  }

  @Test
  void a_long_name_is_cut_in_the_subject_only() {
    String name = "Quarterly ".repeat(20).strip();
    Letter letter =
        letters.letter(
            9, ACME, new Mail.Shared(FAY, new DashboardId("D1"), name, Level.VIEWER, "Cal"));
    assertTrue(letter.subject().length() < 160, letter.subject());
    assertTrue(letter.subject().contains("…"));
    assertTrue(letter.text().contains(name));
  }
}
