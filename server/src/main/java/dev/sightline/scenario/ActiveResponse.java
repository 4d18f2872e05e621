package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.FLAG;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Operation.question;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.CanUseActiveResponseRequest;
import dev.sightline.v1.EnrollSecondFactorRequest;
import dev.sightline.v1.SetActiveResponseRequest;
import java.util.List;

/** Active Response: who is granted it, and who may use it. */
final class ActiveResponse {
  static final List<Operation> ALL =
      List.of(
          change(
              "set_active_response",
              Parameters.of(required("user", TEXT), required("granted", FLAG)),
              ActiveResponse::set),
          change("enroll_mfa", Parameters.NONE, ActiveResponse::enroll),
          question(
              "can_use_active_response",
              Parameters.of(required("user", TEXT)),
              FLAG,
              ActiveResponse::canUse));

  private ActiveResponse() {}

  private static Value set(Call call, Arguments in) {
    var request =
        SetActiveResponseRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setUserId(in.text("user"))
            .setGranted(in.flag("granted"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().setActiveResponse(request).getWritten());
  }

  private static Value enroll(Call call, Arguments in) {
    var request =
        EnrollSecondFactorRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.directory().enrollSecondFactor(request).getWritten());
  }

  private static Value canUse(Call call, Arguments in) {
    var request =
        CanUseActiveResponseRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setConsistency(call.consistency())
            .build();
    var answer = call.access().canUseActiveResponse(request);
    call.saw(answer.getPosition());
    return Value.of(answer.getAllowed());
  }
}
