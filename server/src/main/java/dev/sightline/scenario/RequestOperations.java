package dev.sightline.scenario;

import static dev.sightline.scenario.Clause.AS;
import static dev.sightline.scenario.Clause.BY;
import static dev.sightline.scenario.Clause.ERROR;
import static dev.sightline.scenario.Clause.EXPECT;
import static dev.sightline.scenario.Clause.ORGANIZATION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.DECISION;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Kind.LINK;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Operation.question;
import static dev.sightline.scenario.Parameters.NONE;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.scenario.Kind.Word;
import dev.sightline.scenario.Operation.Play;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.GetRequestRequest;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.UseLinkRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asking to be let in, and deciding about it, in the app and by one-click links. */
final class RequestOperations {
  private static final Set<Clause> BY_LINK = Set.of(ORGANIZATION, EXPECT, ERROR);

  /** What stands before each link in a mail. */
  private static final Map<String, String> LABELS =
      Map.of(
          "APPROVE_VIEWER", "Approve as Viewer",
          "APPROVE_EDITOR", "Approve as Editor",
          "DECLINE", "Decline");

  /** As good a token as any that nobody was sent. */
  private static final String MADE_UP = "A".repeat(43);

  private static final Parameters ONE_CLICK =
      Parameters.of(
          required("request", TEXT), required("decision", DECISION), optional("link", LINK));

  static final List<Operation> ALL =
      List.of(
          new Operation(
              "request_access",
              Parameters.of(required("dashboard", TEXT), optional("reason", TEXT)),
              Set.of(BY, ORGANIZATION, AS, ERROR),
              NONE,
              new Play.Change(RequestOperations::ask)),
          change(
              "decide_request",
              Parameters.of(required("request", TEXT), optional("level", LEVEL)),
              RequestOperations::decide),
          new Operation(
              "open_link", ONE_CLICK, BY_LINK, NONE, new Play.Change(RequestOperations::open)),
          new Operation(
              "use_link",
              ONE_CLICK,
              BY_LINK,
              Kind.OUTCOME,
              new Play.Change(RequestOperations::use)),
          question(
              "request_status",
              Parameters.of(required("request", TEXT)),
              new Word(List.of("PENDING", "APPROVED", "DECLINED", "EXPIRED", "CANCELLED")),
              RequestOperations::status));

  private RequestOperations() {}

  private static Value ask(Call call, Arguments in) {
    var request =
        RequestAccessRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setIdempotencyKey(call.key());
    in.ifText("reason", request::setReason);
    var answer = call.requests().requestAccess(request.build());
    call.wrote(answer.getWritten());
    return new Value.Text(answer.getRequest().getId());
  }

  private static Value decide(Call call, Arguments in) {
    var request =
        DecideRequestRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setRequestId(call.idOf(in.text("request")))
            .setDecision(RequestDecision.REQUEST_DECISION_DECLINE)
            .setIdempotencyKey(call.key());
    in.ifText("level", level -> request.setDecision(Words.approval(level)));
    return call.wrote(call.requests().decideRequest(request.build()).getWritten());
  }

  private static Value open(Call call, Arguments in) {
    var request = LookAtLinkRequest.newBuilder().setToken(token(call, in)).build();
    var _ = call.requests().lookAtLink(request);
    return Value.NOTHING;
  }

  private static Value use(Call call, Arguments in) {
    var answer =
        call.requests().useLink(UseLinkRequest.newBuilder().setToken(token(call, in)).build());
    call.wrote(answer.getWritten());
    return Words.of(answer.getOutcome());
  }

  /** From the mail that the step means; made up if there was none. */
  private static String token(Call call, Arguments in) {
    SentMail mail = call.mail();
    List<Mail> sent = mail.aboutRequest(call.idOf(in.text("request")));
    if (sent.isEmpty()) {
      return MADE_UP;
    }
    boolean first = in.has("link") && in.text("link").equals("first");
    String label = Objects.requireNonNull(LABELS.get(in.text("decision")), "decision");
    return mail.token(first ? sent.getFirst() : sent.getLast(), label);
  }

  private static Value status(Call call, Arguments in) {
    var request =
        GetRequestRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setRequestId(call.idOf(in.text("request")))
            .build();
    var answer = call.requests().getRequest(request);
    call.saw(answer.getPosition());
    return Words.of(answer.getRequest().getStatus());
  }
}
