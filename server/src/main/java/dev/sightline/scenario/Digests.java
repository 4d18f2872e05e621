package dev.sightline.scenario;

import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Operation.change;
import static dev.sightline.scenario.Operation.question;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.v1.DigestDashboard;
import dev.sightline.v1.ResolveDigestsRequest;
import dev.sightline.v1.SubscribeRequest;
import dev.sightline.v1.UnsubscribeRequest;
import java.util.ArrayList;
import java.util.List;

/** Subscriptions, and the digests that come of them. */
final class Digests {
  private static final Parameters DASHBOARD = Parameters.of(required("dashboard", TEXT));

  static final List<Operation> ALL =
      List.of(
          change("subscribe", DASHBOARD, Digests::subscribe),
          change("unsubscribe", DASHBOARD, Digests::unsubscribe),
          question(
              "digest",
              Parameters.of(required("user", TEXT)),
              new Kind.ListOf(TEXT),
              Digests::digest));

  private Digests() {}

  private static Value subscribe(Call call, Arguments in) {
    var request =
        SubscribeRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.digests().subscribe(request).getWritten());
  }

  private static Value unsubscribe(Call call, Arguments in) {
    var request =
        UnsubscribeRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setActor(call.actor())
            .setDashboardId(in.text("dashboard"))
            .setIdempotencyKey(call.key())
            .build();
    return call.wrote(call.digests().unsubscribe(request).getWritten());
  }

  /** The digest that the user alone is asked for; both, where the one among all is another. */
  private static Value digest(Call call, Arguments in) {
    var user = in.text("user");
    var named = digest(call, user, List.of(user));
    var amongAll = digest(call, user, List.of());
    return named.equals(amongAll)
        ? Value.of(named)
        : Value.of("named", Value.of(named), "among all", Value.of(amongAll));
  }

  private static List<String> digest(Call call, String user, List<String> readers) {
    var request =
        ResolveDigestsRequest.newBuilder()
            .setOrganizationId(call.organization())
            .addAllUserIds(readers)
            .setConsistency(call.consistency())
            .build();
    var ids = new ArrayList<String>();
    var messages = call.digests().resolveDigests(request);
    while (messages.hasNext()) {
      var message = messages.next();
      call.saw(message.getPosition());
      for (var digest : message.getDigestsList()) {
        if (digest.getUserId().equals(user)) {
          digest.getDashboardsList().stream()
              .map(DigestDashboard::getDashboardId)
              .forEach(ids::add);
        }
      }
    }
    return ids;
  }
}
