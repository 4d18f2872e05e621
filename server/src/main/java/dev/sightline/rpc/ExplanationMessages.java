package dev.sightline.rpc;

import dev.sightline.cache.Since;
import dev.sightline.change.Instants;
import dev.sightline.graph.Alternative;
import dev.sightline.graph.Explanation;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.Because;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.LevelHistory;
import dev.sightline.v1.LevelSince;
import dev.sightline.v1.Supposition;
import java.util.Arrays;
import java.util.List;

/** Explanations as the contract has them. */
final class ExplanationMessages {
  private ExplanationMessages() {}

  /** Why, and what would change it, on one graph. */
  static ExplainResponse.Builder of(OrgGraph graph, UserId user, DashboardId dashboard) {
    Explanation explanation =
        Explanation.of(
            graph, graph.personOrdinal(user.value()), graph.dashboardOrdinal(dashboard.value()));
    List<Alternative> alternatives = Alternative.to(graph, user, dashboard);
    return ExplainResponse.newBuilder()
        .setLevel(Enums.toProto(explanation.level()))
        .setBecause(Enums.toProto(explanation.because()))
        .setRule(explanation.because() == Because.SUPPORT_GRANT ? 0 : explanation.line())
        .setSentence(Sentences.why(user, dashboard.value(), explanation))
        .setTeamId(explanation.teams().isEmpty() ? "" : explanation.teams().getLast().value())
        .addAllTeamPath(explanation.teams().stream().map(TeamId::value).toList())
        .addAllGrantIds(explanation.grants().stream().map(GrantId::value).toList())
        .setEndsAtMicros(explanation.until() == null ? 0 : Instants.micros(explanation.until()))
        .addAllAllowedActions(allowed(explanation))
        .setWhatWouldChangeIt(Sentences.changes(user, explanation, alternatives))
        .addAllAlternatives(
            alternatives.stream().map(alternative -> of(explanation, alternative)).toList());
  }

  private static List<dev.sightline.v1.Action> allowed(Explanation explanation) {
    return Arrays.stream(Action.values())
        .filter(action -> action.allowedBy(explanation.level(), explanation.because()))
        .map(Enums::toProto)
        .toList();
  }

  private static dev.sightline.v1.Alternative of(Explanation now, Alternative alternative) {
    dev.sightline.v1.Alternative.Builder message =
        dev.sightline.v1.Alternative.newBuilder()
            .setLevel(Enums.toProto(alternative.then().level()))
            .setBecause(Enums.toProto(alternative.then().because()))
            .setSentence(Sentences.change(now, alternative));
    describe(alternative.supposing(), message);
    return message.build();
  }

  private static void describe(
      dev.sightline.graph.Supposition supposing, dev.sightline.v1.Alternative.Builder message) {
    switch (supposing) {
      case dev.sightline.graph.Supposition.TimePasses passes ->
          message
              .setSupposing(Supposition.SUPPOSITION_TIME_PASSES)
              .setAtMicros(Instants.micros(passes.to()));
      case dev.sightline.graph.Supposition.AccountEnabled _ ->
          message.setSupposing(Supposition.SUPPOSITION_ACCOUNT_ENABLED);
      case dev.sightline.graph.Supposition.InvitationAccepted _ ->
          message.setSupposing(Supposition.SUPPOSITION_INVITATION_ACCEPTED);
      case dev.sightline.graph.Supposition.OwnershipTransferred _ ->
          message.setSupposing(Supposition.SUPPOSITION_OWNERSHIP_TRANSFERRED);
      case dev.sightline.graph.Supposition.RoleTaken _ ->
          message.setSupposing(Supposition.SUPPOSITION_ROLE_TAKEN);
      case dev.sightline.graph.Supposition.DashboardPublished _ ->
          message.setSupposing(Supposition.SUPPOSITION_DASHBOARD_PUBLISHED);
      case dev.sightline.graph.Supposition.UserEntryRemoved _ ->
          message.setSupposing(Supposition.SUPPOSITION_USER_ENTRY_REMOVED);
      case dev.sightline.graph.Supposition.TeamEntryRemoved removed ->
          message
              .setSupposing(Supposition.SUPPOSITION_TEAM_ENTRY_REMOVED)
              .setTeamId(removed.team().value());
      case dev.sightline.graph.Supposition.UserEntrySet set ->
          message
              .setSupposing(Supposition.SUPPOSITION_USER_ENTRY_SET)
              .setEntryLevel(Enums.toProto(set.level()));
      case dev.sightline.graph.Supposition.TeamEntrySet set ->
          message
              .setSupposing(Supposition.SUPPOSITION_TEAM_ENTRY_SET)
              .setTeamId(set.team().value())
              .setEntryLevel(Enums.toProto(set.level()));
      case dev.sightline.graph.Supposition.GrantsRevoked revoked ->
          message
              .setSupposing(Supposition.SUPPOSITION_GRANTS_REVOKED)
              .addAllGrantIds(revoked.grants().stream().map(GrantId::value).toList());
      case dev.sightline.graph.Supposition.GrantGiven given ->
          message.setSupposing(
              switch (given.role()) {
                case VIEWER -> Supposition.SUPPOSITION_GRANT_AS_VIEWER;
                case EDITOR -> Supposition.SUPPOSITION_GRANT_AS_EDITOR;
                case ADMINISTRATOR -> Supposition.SUPPOSITION_GRANT_AS_ADMINISTRATOR;
              });
    }
  }

  /** Since when a level has been so. */
  static LevelHistory of(dev.sightline.model.Level level, Since since) {
    LevelHistory.Builder history =
        LevelHistory.newBuilder().setSentence(Sentences.since(level, since));
    return switch (since) {
      case Since.Step step ->
          history
              .setSince(LevelSince.LEVEL_SINCE_STEP)
              .setSinceMicros(Instants.micros(step.at()))
              .setRevision(step.revision())
              .setByTime(step.byTime())
              .build();
      case Since.Before before ->
          history
              .setSince(LevelSince.LEVEL_SINCE_BEFORE)
              .setSinceMicros(Instants.micros(before.at()))
              .setRevision(before.revision())
              .build();
      case Since.Ever _ -> history.setSince(LevelSince.LEVEL_SINCE_EVER).build();
    };
  }
}
