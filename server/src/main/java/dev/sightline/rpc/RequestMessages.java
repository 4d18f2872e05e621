package dev.sightline.rpc;

import dev.sightline.change.Instants;
import dev.sightline.change.RequestFacts;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkOutcome;
import dev.sightline.model.RequestId;
import dev.sightline.rpc.RequestLinks.LinkFacts;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkState;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Access requests and their links in the contract's words, both ways. */
final class RequestMessages {
  private RequestMessages() {}

  /** As whoever asked for it sees it: a decision is neutral, and says not whose it is. */
  static AccessRequest withoutDecider(RequestId id, RequestFacts facts, String reason) {
    return request(id, facts, reason).toBuilder().clearDecidedById().build();
  }

  static AccessRequest request(RequestId id, RequestFacts facts, String reason) {
    AccessRequest.Builder request =
        AccessRequest.newBuilder()
            .setId(id.value())
            .setDashboardId(facts.dashboard().value())
            .setRequesterId(facts.requester().value())
            .setAddresseeId(facts.addressee().value())
            .setStatus(toProto(facts.status()))
            .setReason(reason)
            .setMadeAtMicros(Instants.micros(facts.madeAt()))
            .setEndsAtMicros(Instants.micros(facts.end()));
    RequestFacts.Made decision = facts.decision();
    if (decision != null) {
      request
          .setDecidedById(decision.by() == null ? "" : decision.by().value())
          .setDecidedAtMicros(Instants.micros(decision.at()))
          .setLevel(level(decision));
    }
    return request.build();
  }

  static dev.sightline.v1.LinkFacts link(LinkFacts link) {
    RequestFacts facts = link.facts();
    dev.sightline.v1.LinkFacts.Builder message =
        dev.sightline.v1.LinkFacts.newBuilder()
            .setOrganizationId(link.organization().value())
            .setRequestId(link.request().value())
            .setDashboardId(facts.dashboard().value())
            .setDashboardName(Objects.requireNonNullElse(link.dashboardName(), ""))
            .setRequesterName(Objects.requireNonNullElse(link.requesterName(), ""))
            .setDecision(toProto(link.decision()))
            .setStatus(toProto(facts.status()))
            .setEndsAtMicros(Instants.micros(facts.end()));
    RequestFacts.Made decision = facts.decision();
    if (decision != null) {
      message.setLevel(level(decision)).setDecidedAtMicros(Instants.micros(decision.at()));
    }
    return message.build();
  }

  private static Level level(RequestFacts.Made decision) {
    return decision.level() == null ? Level.LEVEL_UNSPECIFIED : Enums.toProto(decision.level());
  }

  static RequestStatus toProto(dev.sightline.model.RequestStatus status) {
    return switch (status) {
      case PENDING -> RequestStatus.REQUEST_STATUS_PENDING;
      case APPROVED -> RequestStatus.REQUEST_STATUS_APPROVED;
      case DECLINED -> RequestStatus.REQUEST_STATUS_DECLINED;
      case EXPIRED -> RequestStatus.REQUEST_STATUS_EXPIRED;
      case CANCELLED -> RequestStatus.REQUEST_STATUS_CANCELLED;
    };
  }

  /** The statuses that a filter lets through. */
  static Set<dev.sightline.model.RequestStatus> statuses(RequestStatus filter) {
    return switch (filter) {
      case REQUEST_STATUS_UNSPECIFIED -> EnumSet.allOf(dev.sightline.model.RequestStatus.class);
      case REQUEST_STATUS_PENDING -> Set.of(dev.sightline.model.RequestStatus.PENDING);
      case REQUEST_STATUS_APPROVED -> Set.of(dev.sightline.model.RequestStatus.APPROVED);
      case REQUEST_STATUS_DECLINED -> Set.of(dev.sightline.model.RequestStatus.DECLINED);
      case REQUEST_STATUS_EXPIRED -> Set.of(dev.sightline.model.RequestStatus.EXPIRED);
      case REQUEST_STATUS_CANCELLED -> Set.of(dev.sightline.model.RequestStatus.CANCELLED);
      case UNRECOGNIZED ->
          throw Enums.unknown("status", filter, "one of sightline.v1.RequestStatus, or none");
    };
  }

  static RequestDecision toProto(LinkDecision decision) {
    return switch (decision) {
      case APPROVE_VIEWER -> RequestDecision.REQUEST_DECISION_APPROVE_VIEWER;
      case APPROVE_EDITOR -> RequestDecision.REQUEST_DECISION_APPROVE_EDITOR;
      case DECLINE -> RequestDecision.REQUEST_DECISION_DECLINE;
    };
  }

  static LinkDecision decision(RequestDecision decision) {
    return switch (decision) {
      case REQUEST_DECISION_APPROVE_VIEWER -> LinkDecision.APPROVE_VIEWER;
      case REQUEST_DECISION_APPROVE_EDITOR -> LinkDecision.APPROVE_EDITOR;
      case REQUEST_DECISION_DECLINE -> LinkDecision.DECLINE;
      case REQUEST_DECISION_UNSPECIFIED, UNRECOGNIZED ->
          throw Enums.unknown(
              "decision",
              decision,
              "REQUEST_DECISION_APPROVE_VIEWER, REQUEST_DECISION_APPROVE_EDITOR or"
                  + " REQUEST_DECISION_DECLINE");
    };
  }

  /** Where a link stands of which this would come. */
  static LinkState state(LinkOutcome outcome) {
    return switch (outcome) {
      case VOID -> LinkState.LINK_STATE_VOID;
      case ALREADY_DECIDED -> LinkState.LINK_STATE_ALREADY_DECIDED;
      case EXPIRED -> LinkState.LINK_STATE_EXPIRED;
      case APPLIED -> LinkState.LINK_STATE_OPEN;
    };
  }

  static dev.sightline.v1.LinkOutcome toProto(LinkOutcome outcome) {
    return switch (outcome) {
      case VOID -> dev.sightline.v1.LinkOutcome.LINK_OUTCOME_VOID;
      case ALREADY_DECIDED -> dev.sightline.v1.LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED;
      case EXPIRED -> dev.sightline.v1.LinkOutcome.LINK_OUTCOME_EXPIRED;
      case APPLIED -> dev.sightline.v1.LinkOutcome.LINK_OUTCOME_APPLIED;
    };
  }
}
