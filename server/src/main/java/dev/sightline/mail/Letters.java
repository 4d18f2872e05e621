package dev.sightline.mail;

import dev.sightline.change.Mail;
import dev.sightline.model.EmailAddress;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts mails into words: one template for HTML and one for plain text for each kind. What people
 * have typed is escaped in HTML, and never breaks a line in a subject.
 */
final class Letters {
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
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
      case Mail.Shared m -> {
        Name dashboard = new Name(m.dashboardName());
        yield letter(
            id,
            m,
            "shared",
            "%s has been shared with you".formatted(dashboard.subject()),
            Map.of(
                "dashboard",
                dashboard,
                "level",
                word(m.level()),
                "sharedBy",
                names(m.sharedBy()),
                "open",
                links.toOpen(organization, m.dashboard())));
      }
      case Mail.Approved m -> {
        Name dashboard = new Name(m.dashboardName());
        yield letter(
            id,
            m,
            "approved",
            "Your access to %s has been approved".formatted(dashboard.subject()),
            Map.of(
                "dashboard",
                dashboard,
                "level",
                word(m.level()),
                "owner",
                names(m.ownerName()),
                "open",
                links.toOpen(organization, m.dashboard())));
      }
      case Mail.Declined m -> declined(id, m);
      case Mail.SupportAccessGranted m -> {
        Name where = new Name(m.organizationName());
        yield letter(
            id,
            m,
            "support_access_granted",
            "You have support access to " + where.subject(),
            Map.of(
                "organization",
                where,
                "roles",
                m.roles().stream().map(Letters::word).collect(Collectors.joining(", ")),
                "workspaces",
                m.workspaces().stream().map(Name::new).toList(),
                "until",
                m.end() == null ? "until revoked" : "until " + day(m.end())));
      }
      case Mail.AccessRequested _, Mail.Invitation _ ->
          throw new IllegalArgumentException("this mail has links to act with");
    };
  }

  /** Whoever has been erased since has no name any more. */
  private static List<Name> names(@Nullable String name) {
    return name == null ? List.of() : List.of(new Name(name));
  }

  private Letter declined(long id, Mail.Declined mail) {
    Name dashboard = mail.dashboardName() == null ? null : new Name(mail.dashboardName());
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("dashboard", dashboard);
    values.put("contact", new Name(mail.contact().value()));
    values.put("writeTo", writeTo(mail.contact()));
    return letter(
        id,
        mail,
        "declined",
        "Your access request for %s was not approved"
            .formatted(dashboard == null ? "a dashboard" : dashboard.subject()),
        values);
  }

  /** With a link for each decision. */
  Letter letter(long id, Mail.AccessRequested mail, Map<LinkDecision, LinkToken> tokens) {
    Name dashboard = new Name(mail.dashboardName());
    Name requester = new Name(mail.requesterName());
    Map<String, Object> values = new HashMap<>();
    values.put("dashboard", dashboard);
    values.put("requester", requester);
    values.put("address", new Name(mail.requesterAddress().value()));
    values.put("writeTo", writeTo(mail.requesterAddress()));
    // Line by line: each is marked as theirs, so that none of them passes for one of ours.
    values.put("reason", lines(mail.reason()));
    values.put("end", day(mail.end()));
    values.put("viewer", links.toDecide(token(tokens, LinkDecision.APPROVE_VIEWER)));
    values.put("editor", links.toDecide(token(tokens, LinkDecision.APPROVE_EDITOR)));
    values.put("decline", links.toDecide(token(tokens, LinkDecision.DECLINE)));
    return letter(
        id,
        mail,
        "access_requested",
        "%s is requesting access to %s".formatted(requester.subject(), dashboard.subject()),
        values);
  }

  private static List<String> lines(String reason) {
    return reason.isBlank() ? List.of() : LINE_BREAK.splitAsStream(reason.strip()).toList();
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
    Name organization = new Name(mail.organizationName());
    return letter(
        id,
        mail,
        "invitation",
        "You are invited to " + organization.subject(),
        Map.of(
            "name",
            new Name(mail.name()),
            "organization",
            organization,
            "end",
            day(mail.end()),
            "accept",
            links.toAccept(token)));
  }

  private Letter letter(
      long id, Mail mail, String template, String subject, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("subject", subject);
    return new Letter(
        id,
        mail.to().address(),
        subject,
        plain(rendered(template + ".txt.peb", all)),
        rendered(template + ".html.peb", all));
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

  /** Where a link to an address leads: whatever characters it has, it is all of it the address. */
  private static String writeTo(EmailAddress address) {
    return "mailto:"
        + URLEncoder.encode(address.value(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%40", "@");
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
