package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.ACTION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.BECAUSE;
import static dev.sightline.scenario.Kind.FLAG;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Kind.USER_STATUS;
import static dev.sightline.scenario.Operation.question;
import static dev.sightline.scenario.Operation.view;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.CanEditRequest;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import java.util.List;

/** Questions about who may do what, which the service answers from its graphs. */
final class AccessQuestions {
  private static final Parameters PAIR =
      Parameters.of(required("user", TEXT), required("dashboard", TEXT));

  static final List<Operation> ALL =
      List.of(
          question("can_view", PAIR, FLAG, AccessQuestions::canView),
          question("can_edit", PAIR, FLAG, AccessQuestions::canEdit),
          question(
              "check",
              Parameters.of(
                  required("user", TEXT), required("dashboard", TEXT), required("action", ACTION)),
              FLAG,
              AccessQuestions::check),
          question("level", PAIR, LEVEL, (call, in) -> Words.of(explained(call, in).getLevel())),
          question(
              "explain",
              PAIR,
              Parameters.of(required("level", LEVEL), required("because", BECAUSE)),
              AccessQuestions::explain),
          question(
              "list_visible",
              Parameters.of(required("user", TEXT), optional("purpose", Kind.PURPOSE)),
              new Kind.ListOf(TEXT),
              Lists::visible),
          question(
              "who_has_access",
              Parameters.of(required("dashboard", TEXT)),
              new Kind.MapOf(LEVEL),
              Lists::audience),
          view("users", Parameters.NONE, new Kind.MapOf(USER_STATUS), Lists::users));

  private AccessQuestions() {}

  private static Value canView(Call call, Arguments in) {
    var request =
        CanViewRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setDashboardId(in.text("dashboard"))
            .setConsistency(call.consistency())
            .build();
    var answer = call.access().canView(request);
    call.saw(answer.getPosition());
    return Value.of(answer.getAllowed());
  }

  private static Value canEdit(Call call, Arguments in) {
    var request =
        CanEditRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setDashboardId(in.text("dashboard"))
            .setConsistency(call.consistency())
            .build();
    var answer = call.access().canEdit(request);
    call.saw(answer.getPosition());
    return Value.of(answer.getAllowed());
  }

  private static Value check(Call call, Arguments in) {
    var request =
        CheckRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setDashboardId(in.text("dashboard"))
            .setAction(Words.action(in.text("action")))
            .setConsistency(call.consistency())
            .build();
    var answer = call.access().check(request);
    call.saw(answer.getPosition());
    return Value.of(answer.getAllowed());
  }

  private static Value explain(Call call, Arguments in) {
    var answer = explained(call, in);
    return Value.of("level", Words.of(answer.getLevel()), "because", Words.of(answer.getBecause()));
  }

  private static ExplainResponse explained(Call call, Arguments in) {
    var request =
        ExplainRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setDashboardId(in.text("dashboard"))
            .setConsistency(call.consistency())
            .build();
    var answer = call.access().explain(request);
    call.saw(answer.getPosition());
    return answer;
  }
}
