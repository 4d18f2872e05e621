package dev.sightline.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The part of {@link ChangeToJson} about what goes on around access. */
final class AroundToJson {
  private AroundToJson() {}

  static void request(ObjectNode node, RequestFacts facts) {
    node.put("dashboard", facts.dashboard().value());
    node.put("requester", facts.requester().value());
    node.put("addressee", facts.addressee().value());
    node.put("addressing", facts.addressing());
    node.put("status", facts.status().name());
    ChangeToJson.instant(node, "madeAt", facts.madeAt());
    ChangeToJson.instant(node, "end", facts.end());
    RequestFacts.Made decision = facts.decision();
    if (decision == null) {
      node.putNull("decision");
    } else {
      ObjectNode made = node.putObject("decision");
      made.put("by", decision.by() == null ? null : decision.by().value());
      ChangeToJson.instant(made, "at", decision.at());
      made.put("level", decision.level() == null ? null : decision.level().name());
    }
  }

  static void invitation(ObjectNode node, InvitationFacts facts) {
    node.put("sending", facts.sending());
    ChangeToJson.instant(node, "sentAt", facts.sentAt());
    ChangeToJson.instant(node, "end", facts.end());
  }

  static void supportRequest(ObjectNode node, SupportRequestFacts facts) {
    ChangeToJson.instant(node, "madeAt", facts.madeAt());
    ChangeToJson.instant(node, "end", facts.end());
  }

  static void supportPolicy(ObjectNode node, SupportPolicy policy) {
    duration(node, "usual", policy.usual());
    duration(node, "longest", policy.longest());
    node.put("untilRevoked", policy.untilRevoked());
    ArrayNode groups = node.putArray("groups");
    policy.groups().forEach(groups::add);
  }

  private static void duration(ObjectNode node, String name, @Nullable Duration duration) {
    if (duration != null && !duration.equals(duration.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException(
          "durations have microsecond precision: " + name + " = " + duration);
    }
    node.put(name, duration == null ? null : duration.toString());
  }

  /**
   * Only commits to the reason itself. Whoever gives one does so in the revision that it explains,
   * so where the actor is a user is where the giver is.
   */
  static PersonalValue reason(ObjectNode body, ReasonGiven given) {
    switch (given.what()) {
      case Explained.Request(var request) -> body.put("request", request.value());
      case Explained.Grant(var grant) -> body.put("grant", grant.value());
      case Explained.SupportRequest(var agent) -> body.put("supportRequest", agent.value());
    }
    body.put("by", given.by().value());
    Person giver = Commitment.giver(body, given.by());
    PersonalValue hidden = PersonalValue.of(Commitment.REASON, giver, given.reason());
    body.put("reason", hidden.commitment());
    return hidden;
  }

  /** {@code at} is the record's own: this may have happened before it was told. */
  static void act(ObjectNode body, AgentActed act) {
    body.put("agent", act.agent().value());
    body.put("dashboard", act.dashboard() == null ? null : act.dashboard().value());
    body.put("what", act.what());
    ChangeToJson.instant(body, "actedAt", act.at());
  }

  static void erasure(ObjectNode body, PersonalDataErased erased) {
    OrganizationId home = erased.person().home();
    body.put("user", erased.person().user().value());
    body.put("userOrganization", home == null ? null : home.value());
    ArrayNode fields = body.putArray("fields");
    erased.fields().forEach(fields::add);
    body.put("values", erased.values());
    body.put("afterwards", erased.afterwards());
  }
}
