package dev.sightline.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mail says, as JSON; its kind and its recipient stand in columns beside it. */
final class MailCodec {
  private static final JsonMapper JSON = new JsonMapper();

  private MailCodec() {}

  static MailKind kind(Mail mail) {
    return switch (mail) {
      case Mail.Shared _ -> MailKind.SHARED;
      case Mail.AccessRequested _ -> MailKind.ACCESS_REQUESTED;
      case Mail.Approved _ -> MailKind.APPROVED;
      case Mail.Declined _ -> MailKind.DECLINED;
      case Mail.Invitation _ -> MailKind.INVITATION;
      case Mail.SupportAccessGranted _ -> MailKind.SUPPORT_ACCESS_GRANTED;
    };
  }

  static String encode(Mail mail) {
    ObjectNode body = JSON.createObjectNode();
    switch (mail) {
      case Mail.Shared m ->
          body.put("dashboard", m.dashboard().value())
              .put("dashboardName", m.dashboardName())
              .put("level", m.level().name())
              .put("sharedBy", m.sharedBy());
      case Mail.AccessRequested m ->
          body.put("request", m.request().value())
              .put("addressing", m.addressing())
              .put("dashboard", m.dashboard().value())
              .put("dashboardName", m.dashboardName())
              .put("requester", m.requester().value())
              .put("requesterName", m.requesterName())
              .put("requesterAddress", m.requesterAddress().value())
              .put("reason", m.reason())
              .put("end", m.end().toString());
      case Mail.Approved m ->
          body.put("dashboard", m.dashboard().value())
              .put("dashboardName", m.dashboardName())
              .put("level", m.level().name())
              .put("ownerName", m.ownerName());
      case Mail.Declined m ->
          body.put("dashboard", m.dashboard().value())
              .put("dashboardName", m.dashboardName())
              .put("contact", m.contact().value());
      case Mail.Invitation m ->
          body.put("name", m.name())
              .put("organizationName", m.organizationName())
              .put("sending", m.sending())
              .put("end", m.end().toString());
      case Mail.SupportAccessGranted m -> {
        body.put("grant", m.grant().value())
            .put("organizationName", m.organizationName())
            .put("end", m.end() == null ? null : m.end().toString());
        ArrayNode roles = body.putArray("roles");
        m.roles().forEach(role -> roles.add(role.name()));
        ArrayNode workspaces = body.putArray("workspaces");
        m.workspaces().forEach(workspaces::add);
      }
    }
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new StoreFault("a mail cannot be written: " + kind(mail), e);
    }
  }

  static Mail decode(MailKind kind, Recipient to, String content) {
    JsonNode body = parsed(content);
    return switch (kind) {
      case SHARED ->
          new Mail.Shared(
              to,
              dashboard(body),
              text(body, "dashboardName"),
              level(body),
              textOrNull(body, "sharedBy"));
      case ACCESS_REQUESTED ->
          new Mail.AccessRequested(
              to,
              new RequestId(text(body, "request")),
              body.required("addressing").intValue(),
              dashboard(body),
              text(body, "dashboardName"),
              new UserId(text(body, "requester")),
              text(body, "requesterName"),
              new EmailAddress(text(body, "requesterAddress")),
              text(body, "reason"),
              Instant.parse(text(body, "end")));
      case APPROVED ->
          new Mail.Approved(
              to,
              dashboard(body),
              text(body, "dashboardName"),
              level(body),
              textOrNull(body, "ownerName"));
      case DECLINED ->
          new Mail.Declined(
              to,
              dashboard(body),
              textOrNull(body, "dashboardName"),
              new EmailAddress(text(body, "contact")));
      case INVITATION ->
          new Mail.Invitation(
              to,
              text(body, "name"),
              text(body, "organizationName"),
              body.required("sending").intValue(),
              Instant.parse(text(body, "end")));
      case SUPPORT_ACCESS_GRANTED -> {
        String end = textOrNull(body, "end");
        yield new Mail.SupportAccessGranted(
            to,
            new GrantId(text(body, "grant")),
            text(body, "organizationName"),
            texts(body, "roles").stream().map(SupportRole::valueOf).toList(),
            texts(body, "workspaces"),
            end == null ? null : Instant.parse(end));
      }
    };
  }

  private static JsonNode parsed(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new StoreFault("a mail in the outbox is not JSON", e);
    }
  }

  private static DashboardId dashboard(JsonNode body) {
    return new DashboardId(text(body, "dashboard"));
  }

  private static Level level(JsonNode body) {
    return Level.valueOf(text(body, "level"));
  }

  private static String text(JsonNode body, String name) {
    return body.required(name).textValue();
  }

  private static @Nullable String textOrNull(JsonNode body, String name) {
    return body.required(name).textValue();
  }

  private static List<String> texts(JsonNode body, String name) {
    List<String> texts = new ArrayList<>();
    body.required(name).forEach(node -> texts.add(node.textValue()));
    return texts;
  }
}
