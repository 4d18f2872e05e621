package dev.sightline.rpc;

import dev.sightline.change.Instants;
import dev.sightline.command.Actor;
import dev.sightline.command.Texts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what requests say; what no state could make valid is INVALID_ARGUMENT. */
final class Requests {
  private static final long LATEST_MICROS =
      Instants.micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

  private Requests() {}

  static OrganizationId organization(String value) {
    return id("organization_id", value, OrganizationId::new);
  }

  static DashboardId dashboard(String value) {
    return id("dashboard_id", value, DashboardId::new);
  }

  static TeamId team(String field, String value) {
    return id(field, value, TeamId::new);
  }

  /** A workspace, or null for none. */
  static @Nullable WorkspaceId workspaceOrNone(String value) {
    return value.isEmpty() ? null : id("workspace_id", value, WorkspaceId::new);
  }

  /** A user or an agent. */
  static UserId user(String field, String value) {
    if (!UserId.isWellFormed(value)) {
      throw malformedId(field, value);
    }
    return new UserId(value);
  }

  /** An id that is given, or one made up here. */
  static <T> T newId(String field, String value, Function<String, T> type) {
    return id(field, value.isEmpty() ? NewIds.next() : value, type);
  }

  static <T> T id(String field, String value, Function<String, T> type) {
    if (!Ids.isWellFormed(value)) {
      throw malformedId(field, value);
    }
    return type.apply(value);
  }

  static Actor actor(OrganizationId organization, dev.sightline.v1.Actor actor) {
    OrganizationId own =
        actor.getOrganizationId().isEmpty()
            ? organization
            : id("actor.organization_id", actor.getOrganizationId(), OrganizationId::new);
    return new Actor(own, user("actor.user_id", actor.getUserId()));
  }

  static EmailAddress email(String field, String value) {
    if (!EmailAddress.isWellFormed(value)) {
      throw invalid(
          Reason.MALFORMED_REQUEST,
          field,
          "%s is not an e-mail address: %s".formatted(field, shortened(value)));
    }
    return new EmailAddress(value);
  }

  static String name(String field, String value) {
    return text(field, value, 1, Texts.MAX_NAME);
  }

  static String title(String field, String value) {
    return text(field, value, 0, Texts.MAX_TITLE);
  }

  /** A line of text; lengths in characters. */
  static String text(String field, String value, int least, int most) {
    if (!Texts.isWithin(value, least, most)) {
      throw invalid(
          Reason.OUT_OF_RANGE,
          field,
          "%s takes %d to %d characters, not blank and on one line; this has %d: %s"
              .formatted(
                  field, least, most, value.codePointCount(0, value.length()), shortened(value)));
    }
    return value;
  }

  /** Text on as many lines as it takes, without what surrounds it; may be empty. */
  static String prose(String field, String value, int most) {
    if (!Texts.isProse(value, most)) {
      throw invalid(
          Reason.OUT_OF_RANGE,
          field,
          "%s takes up to %d characters, on any number of lines; this has %d: %s"
              .formatted(field, most, value.codePointCount(0, value.length()), shortened(value)));
    }
    return value.strip();
  }

  /** An instant of 1970 to 9999. */
  static Instant instant(String field, long micros) {
    if (micros < 0 || micros > LATEST_MICROS) {
      throw invalid(
          Reason.OUT_OF_RANGE,
          field,
          "%s is microseconds since 1970, up to the year 9999, not %d".formatted(field, micros));
    }
    return Instants.ofMicros(micros);
  }

  /** A number that is left out, or within a range. */
  static int within(String field, int value, int whenLeftOut, int most) {
    if (value < 0 || value > most) {
      throw invalid(
          Reason.OUT_OF_RANGE, field, "%s is 1 to %d, not %d".formatted(field, most, value));
    }
    return value == 0 ? whenLeftOut : value;
  }

  static String idempotencyKey(String value) {
    return value.isEmpty() ? value : text("idempotency_key", value, 1, 128);
  }

  static StatusRuntimeException invalid(Reason reason, String field, String message) {
    return Statuses.exception(Refusal.of(reason, message, "field", field));
  }

  static StatusRuntimeException malformedId(String field, String value) {
    return invalid(Reason.MALFORMED_ID, field, malformedIdMessage(field, value));
  }

  static String malformedIdMessage(String field, String value) {
    return "%s is not an id ([A-Za-z0-9_.@+-]{1,128}): %s".formatted(field, shortened(value));
  }

  private static String shortened(String value) {
    String cut = value.length() <= 60 ? value : value.substring(0, 60) + "…";
    return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
