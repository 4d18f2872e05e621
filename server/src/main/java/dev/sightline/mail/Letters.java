package dev.sightline.mail;

import dev.sightline.change.Mail;
import dev.sightline.model.Level;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.SupportRole;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts mails into words: one template for HTML and one for plain text for each kind. What people
 * have typed is escaped in HTML, and never breaks a line in a subject.
 */
final class Letters {
  private static final int LONGEST_IN_SUBJECT = 120;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final PebbleEngine engine;
  private final Links links;

  Letters(Links links) {
    this.links = links;
    ClasspathLoader loader = new ClasspathLoader(Letters.class.getClassLoader());
    loader.setPrefix("mail");
    engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .newLineTrimming(false)
            .defaultLocale(Locale.ENGLISH)
            .build();
  }

  /** For whatever has no links that let somebody act. */
  Letter letter(long id, OrganizationId organization, Mail mail) {
    return switch (mail) {
      case Mail.Shared m ->
          letter(
              id,
              m,
              "shared",
              "%s has been shared with you".formatted(inLine(m.dashboardName())),
              Map.of(
                  "dashboard", m.dashboardName(),
                  "level", word(m.level()),
                  "sharedBy", m.sharedBy() == null ? "" : m.sharedBy(),
                  "open", links.toOpen(organization, m.dashboard())));
      case Mail.Approved m ->
          letter(
              id,
              m,
              "approved",
              "Your access to %s has been approved".formatted(inLine(m.dashboardName())),
              Map.of(
                  "dashboard", m.dashboardName(),
                  "level", word(m.level()),
                  "owner", m.ownerName() == null ? "" : m.ownerName(),
                  "open", links.toOpen(organization, m.dashboard())));
      case Mail.Declined m -> {
        String name = m.dashboardName() == null ? "a dashboard" : m.dashboardName();
        yield letter(
            id,
            m,
            "declined",
            "Your access request for %s was not approved".formatted(inLine(name)),
            Map.of("dashboard", name, "contact", m.contact().value()));
      }
      case Mail.SupportAccessGranted m ->
          letter(
              id,
              m,
              "support_access_granted",
              "You have support access to " + inLine(m.organizationName()),
              Map.of(
                  "organization", m.organizationName(),
                  "roles", m.roles().stream().map(Letters::word).collect(Collectors.joining(", ")),
                  "workspaces", m.workspaces(),
                  "until", m.end() == null ? "until revoked" : "until " + day(m.end())));
      case Mail.AccessRequested _, Mail.Invitation _ ->
          throw new IllegalArgumentException("this mail has links to act with");
    };
  }

  /** With a link for each decision. */
  Letter letter(long id, Mail.AccessRequested mail, Map<LinkDecision, LinkToken> tokens) {
    Map<String, Object> values = new HashMap<>();
    values.put("dashboard", mail.dashboardName());
    values.put("requester", mail.requesterName());
    values.put("address", mail.requesterAddress().value());
    values.put("reason", mail.reason());
    // Each line marked, so that none of them passes for one of ours.
    values.put("quoted", mail.reason().lines().map("> "::concat).collect(Collectors.joining("\n")));
    values.put("end", day(mail.end()));
    values.put("viewer", links.toDecide(token(tokens, LinkDecision.APPROVE_VIEWER)));
    values.put("editor", links.toDecide(token(tokens, LinkDecision.APPROVE_EDITOR)));
    values.put("decline", links.toDecide(token(tokens, LinkDecision.DECLINE)));
    return letter(
        id,
        mail,
        "access_requested",
        "%s is requesting access to %s"
            .formatted(inLine(mail.requesterName()), inLine(mail.dashboardName())),
        values);
  }

  private static LinkToken token(Map<LinkDecision, LinkToken> tokens, LinkDecision decision) {
    LinkToken token = tokens.get(decision);
    if (token == null) {
      throw new IllegalArgumentException("there is no link for " + decision);
    }
    return token;
  }

  /** With the link to accept with. */
  Letter letter(long id, Mail.Invitation mail, LinkToken token) {
    return letter(
        id,
        mail,
        "invitation",
        "You are invited to " + inLine(mail.organizationName()),
        Map.of(
            "name", mail.name(),
            "organization", mail.organizationName(),
            "end", day(mail.end()),
            "accept", links.toAccept(token)));
  }

  private Letter letter(
      long id, Mail mail, String template, String subject, Map<String, Object> values) {
    return new Letter(
        id,
        mail.to().address(),
        subject,
        plain(rendered(template + ".txt.peb", values)),
        rendered(template + ".html.peb", values));
  }

  private String rendered(String name, Map<String, Object> values) {
    PebbleTemplate template = engine.getTemplate(name);
    StringWriter text = new StringWriter();
    try {
      template.evaluate(text, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What stands on lines of their own in templates leaves empty lines behind. */
  private static String plain(String text) {
    return text.strip().replaceAll("\n{3,}", "\n\n") + "\n";
  }

  /** A name as it fits into a subject: one line, not too long. */
  private static String inLine(String name) {
    String line = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_IN_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_IN_SUBJECT - 1)) + "…";
  }

  private static String day(Instant instant) {
    return DAY.format(instant);
  }

  private static String word(Level level) {
    return switch (level) {
      case NONE -> "no access";
      case VIEWER -> "Viewer";
      case EDITOR -> "Editor";
      case OWNER -> "Owner";
    };
  }

  private static String word(SupportRole role) {
    return switch (role) {
      case VIEWER -> "Viewer";
      case EDITOR -> "Editor";
      case ADMINISTRATOR -> "Administrator";
    };
  }
}
