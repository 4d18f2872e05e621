package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Operation.question;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions about who was written to. */
final class MailQuestions {
  private static final String PREFIX = "MAIL_KIND_";

  private static final Parameters MAIL =
      Parameters.of(
          required("to", TEXT),
          required("kind", TEXT),
          optional("dashboard", TEXT),
          optional("level", LEVEL),
          optional("requester", TEXT),
          optional("organization", TEXT));

  static final List<Operation> ALL =
      List.of(question("mail", Parameters.NONE, new Kind.ListOf(MAIL), MailQuestions::mail));

  private MailQuestions() {}

  private static Value mail(Call call, Arguments in) {
    return new Value.Items(call.mail().sinceLast().stream().map(MailQuestions::value).toList());
  }

  private static Value value(Mail mail) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("to", Value.of(mail.getAddress()));
    fields.put("kind", Value.of(mail.getKind().name().substring(PREFIX.length())));
    if (!mail.getDashboardId().isEmpty()) {
      fields.put("dashboard", Value.of(mail.getDashboardId()));
    }
    if (mail.getLevelValue() != 0) {
      fields.put("level", Words.of(mail.getLevel()));
    }
    if (!mail.getRequesterId().isEmpty()) {
      fields.put("requester", Value.of(mail.getRequesterId()));
    }
    if (mail.getKind() == MailKind.MAIL_KIND_SUPPORT_ACCESS_GRANTED) {
      fields.put("organization", Value.of(mail.getOrganizationId()));
    }
    return new Value.Fields(fields);
  }
}
