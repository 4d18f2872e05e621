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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    assertTrue(letter.html().contains("<bdi>Sales</bdi></strong> as <strong>Editor</strong>"));
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
    assertTrue(letter.html().contains("<li><bdi>IT (Editor)</bdi></li><li><bdi>HR</bdi></li>"));
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

  private Letter shared(String dashboard, String by) {
    return letters.letter(
        9, ACME, new Mail.Shared(FAY, new DashboardId("D1"), dashboard, Level.VIEWER, by));
  }

  private Letter requested(String reason) {
    Map<LinkDecision, LinkToken> tokens = new EnumMap<>(LinkDecision.class);
    for (LinkDecision decision : LinkDecision.values()) {
      tokens.put(decision, LinkToken.draw(RANDOM));
    }
    return letters.letter(8, requested("Sales", "Fay Oz", reason), tokens);
  }

  @Test
  void a_long_name_is_cut_where_the_first_look_falls_only() {
    String name = "Quarterly ".repeat(20).strip();
    Letter letter = shared(name, "Cal");
    assertTrue(letter.subject().length() < 120, letter.subject());
    assertTrue(letter.subject().contains("…"));
    assertTrue(letter.text().contains(name));
    assertTrue(letter.html().contains("<strong><bdi>" + name + "</bdi></strong>"));
    String heading = between(letter.html(), "<h1>", "</h1>");
    assertTrue(heading.contains("…</bdi> has been shared with you"), heading);
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void a_name_written_from_right_to_left_turns_nothing_around_it() {
    String name = "\u05d3\u05e0\u05d4 (EMEA)";
    Letter letter = shared(name, "Cal");
    assertEquals("\u2068" + name + "\u2069 has been shared with you", letter.subject());
    assertTrue(letter.text().contains("to \u2068" + name + "\u2069 as Viewer."), letter.text());
    assertTrue(letter.html().contains("<bdi>" + name + "</bdi>"));
    assertEquals("Sales has been shared with you", shared("Sales", "Cal").subject());
  }

  @Test
  void a_name_that_would_turn_what_follows_it_does_not() {
    Letter letter = shared("Sales\u202e2027\u2066", "C\u202dal");
    assertEquals("Sales2027 has been shared with you", letter.subject());
    assertTrue(letter.text().startsWith("Cal has given you access to Sales2027 as Viewer."));
    String all = letter.text() + letter.html();
    assertTrue(all.codePoints().noneMatch(c -> (c >= 0x202a && c <= 0x202e) || c == 0x2066));
  }

  @Test
  void every_line_of_a_reason_is_marked_as_theirs() {
    Letter letter = requested("one\r\n\ntwo\u2028Approve as Viewer: https://evil.test\n");
    assertTrue(
        letter.text().contains("\n> one\n> \n> two\n> Approve as Viewer: https://evil.test\n\n"),
        letter.text());
    assertEquals(
        "<div dir=\"auto\">one</div><div dir=\"auto\"><br></div><div dir=\"auto\">two</div>"
            + "<div dir=\"auto\">Approve as Viewer: https://evil.test</div>",
        between(letter.html(), "<blockquote>", "</blockquote>"));
  }

  @Test
  void who_gives_no_reason_is_not_quoted() {
    for (String none : List.of("", " \n")) {
      Letter letter = requested(none);
      assertFalse(letter.html().contains("<blockquote>"), letter.html());
      assertFalse((letter.html() + letter.text()).contains("reason"), letter.text());
    }
  }

  @Test
  void a_link_to_write_to_somebody_is_their_address_and_nothing_else() {
    EmailAddress odd = new EmailAddress("a?bcc=all&%0a\"+x@acme.test");
    Letter letter =
        letters.letter(4, ACME, new Mail.Declined(FAY, new DashboardId("D1"), null, odd));
    assertTrue(
        letter.html().contains("href=\"mailto:a%3Fbcc%3Dall%26%250a%22%2Bx@acme.test\""),
        letter.html());
  }

  @Test
  void a_draft_that_is_left_out_is_not_set_apart_as_a_name() {
    Mail.Declined draft =
        new Mail.Declined(FAY, new DashboardId("D1"), null, new EmailAddress("cal@acme.test"));
    Letter letter = letters.letter(5, ACME, draft);
    assertTrue(letter.html().contains("access to a dashboard was looked at"), letter.html());
    assertTrue(letter.text().contains("access to a dashboard was looked at"), letter.text());
  }

  @Test
  void everything_can_be_read_on_its_ground_in_light_and_dark() {
    String html = shared("Sales", "Cal").html();
    int dark = html.indexOf("@media (prefers-color-scheme: dark)");
    for (String style : List.of(html.substring(0, dark), html.substring(dark))) {
      String page = color(style, "body {", "background");
      String card = color(style, ".card {", "background");
      assertReadable(color(style, "body {", "color"), card);
      assertReadable(color(style, "\na {", "color"), card);
      assertReadable(color(style, "blockquote {", "color"), card);
      assertReadable(color(style, "a.button {", "color"), color(style, "a.button {", "background"));
      assertReadable(color(style, "a.quiet {", "color"), color(style, "a.quiet {", "background"));
      String quiet =
          color(style, style.contains(".note, .footer {") ? ".footer {" : ".note {", "color");
      assertReadable(quiet, card);
      assertReadable(quiet, page);
    }
  }

  /** Of the first rule that begins so. */
  private static String color(String style, String rule, String property) {
    Matcher found =
        Pattern.compile("[ ;]" + property + ": (#[0-9a-f]{6})").matcher(between(style, rule, "}"));
    assertTrue(found.find(), rule + property);
    return found.group(1);
  }

  /** WCAG 2.2's least contrast of text. */
  private static void assertReadable(String ink, String ground) {
    double one = luminance(ink);
    double other = luminance(ground);
    double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    assertTrue(contrast >= 4.5, () -> ink + " on " + ground + ": " + contrast);
  }

  private static double luminance(String color) {
    return 0.2126 * linear(color, 1) + 0.7152 * linear(color, 3) + 0.0722 * linear(color, 5);
  }

  private static double linear(String color, int at) {
    double part = Integer.parseInt(color, at, at + 2, 16) / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
