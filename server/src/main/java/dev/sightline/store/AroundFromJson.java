package dev.sightline.store;

import static dev.sightline.store.ChangeFromJson.after;
import static dev.sightline.store.ChangeFromJson.before;
import static dev.sightline.store.ChangeFromJson.text;
import static dev.sightline.store.ChangeFromJson.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of {@link ChangeFromJson} about what goes on around access. */
final class AroundFromJson {
  private AroundFromJson() {}

  /** Null if the kind is none of these. */
  static @Nullable Change read(String kind, JsonNode body) {
    return switch (kind) {
      case "REQUEST" ->
          new RequestChanged(
              new RequestId(text(body, "request")),
              before(body, AroundFromJson::request),
              after(body, AroundFromJson::request));
      case "SUBSCRIPTION" ->
          new SubscriptionChanged(
              new DashboardId(text(body, "dashboard")),
              new UserId(text(body, "user")),
              body.required("after").booleanValue());
      case "INVITATION" ->
          new InvitationChanged(
              new UserId(text(body, "user")),
              before(body, AroundFromJson::invitation),
              after(body, AroundFromJson::invitation));
      case "SUPPORT_REQUEST" ->
          new SupportRequestChanged(
              new UserId(text(body, "agent")),
              before(body, AroundFromJson::supportRequest),
              after(body, AroundFromJson::supportRequest));
      case "SUPPORT_POLICY" ->
          new SupportPolicyChanged(
              supportPolicy(body.required("before")), supportPolicy(body.required("after")));
      case "REASON" -> new ReasonGiven(explained(body), new UserId(text(body, "by")), "");
      case "AGENT_ACT" ->
          new AgentActed(
              new UserId(text(body, "agent")),
              value(body, "dashboard", dashboard -> new DashboardId(dashboard.textValue())),
              text(body, "what"),
              Instant.parse(text(body, "actedAt")));
      case "ERASURE" -> erasure(body);
      default -> null;
    };
  }

  static PersonalDataErased erasure(JsonNode body) {
    List<String> fields = new ArrayList<>();
    body.required("fields").forEach(field -> fields.add(field.textValue()));
    return new PersonalDataErased(
        new Person(
            new UserId(text(body, "user")),
            value(body, "userOrganization", home -> new OrganizationId(home.textValue()))),
        fields,
        body.required("values").intValue(),
        body.required("afterwards").booleanValue());
  }

  private static RequestFacts request(JsonNode node) {
    return new RequestFacts(
        new DashboardId(text(node, "dashboard")),
        new UserId(text(node, "requester")),
        new UserId(text(node, "addressee")),
        node.required("addressing").intValue(),
        RequestStatus.valueOf(text(node, "status")),
        Instant.parse(text(node, "madeAt")),
        Instant.parse(text(node, "end")),
        value(node, "decision", AroundFromJson::made));
  }

  private static RequestFacts.Made made(JsonNode node) {
    return new RequestFacts.Made(
        value(node, "by", by -> new UserId(by.textValue())),
        Instant.parse(text(node, "at")),
        value(node, "level", level -> Level.valueOf(level.textValue())));
  }

  private static InvitationFacts invitation(JsonNode node) {
    return new InvitationFacts(
        node.required("sending").intValue(),
        Instant.parse(text(node, "sentAt")),
        Instant.parse(text(node, "end")));
  }

  private static SupportRequestFacts supportRequest(JsonNode node) {
    return new SupportRequestFacts(
        Instant.parse(text(node, "madeAt")), Instant.parse(text(node, "end")));
  }

  private static SupportPolicy supportPolicy(JsonNode node) {
    List<String> groups = new ArrayList<>();
    node.required("groups").forEach(group -> groups.add(group.textValue()));
    return new SupportPolicy(
        value(node, "usual", usual -> Duration.parse(usual.textValue())),
        value(node, "longest", longest -> Duration.parse(longest.textValue())),
        node.required("untilRevoked").booleanValue(),
        groups);
  }

  private static Explained explained(JsonNode body) {
    if (body.has("request")) {
      return new Explained.Request(new RequestId(text(body, "request")));
    }
    return body.has("grant")
        ? new Explained.Grant(new GrantId(text(body, "grant")))
        : new Explained.SupportRequest(new UserId(text(body, "supportRequest")));
  }
}
