package dev.sightline.rpc;

import dev.sightline.cache.Since;
import dev.sightline.graph.Alternative;
import dev.sightline.graph.Explanation;
import dev.sightline.graph.Supposition;
import dev.sightline.model.Because;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.util.List;
import java.util.stream.Collectors;

/** Explanations as people read them. */
final class Sentences {
  private Sentences() {}

  static String why(UserId user, String dashboard, Explanation explanation) {
    String until = explanation.until() == null ? "" : ", until " + explanation.until();
    return "%s has %s on %s because %s%s."
        .formatted(user, explanation.level(), dashboard, reason(explanation), until);
  }

  private static String reason(Explanation explanation) {
    return switch (explanation.because()) {
      case UNKNOWN -> "one of them is not known in this organization";
      case INACTIVE -> "the account is not active";
      case OWNER -> "they own it";
      case ADMIN -> "they are an admin";
      case DRAFT -> "it is a draft";
      case USER_ENTRY -> "an entry says so for them";
      case TEAM_ENTRY -> "an entry says so for " + teams(explanation);
      case COMPANY_DEFAULT -> "that is its company default";
      case SUPPORT_GRANT ->
          explanation.grants().isEmpty()
              ? "no support grant that is active reaches it"
              : "support was granted access";
    };
  }

  private static String teams(Explanation explanation) {
    String path =
        explanation.teams().stream().map(TeamId::value).collect(Collectors.joining(", in "));
    return "team "
        + explanation.teams().getLast()
        + (explanation.teams().size() > 1 ? " (through " + path + ")" : "");
  }

  /** What would change an explanation, all in all. */
  static String changes(UserId user, Explanation now, List<Alternative> alternatives) {
    if (now.because() == Because.UNKNOWN) {
      return user.isAgent()
          ? "Only an agent whom the vendor has registered can be let in, and only to a dashboard"
              + " that is there."
          : "Only a user and a dashboard that are both there can change that; what was deleted does"
              + " not come back.";
    }
    if (now.because() == Because.COMPANY_DEFAULT) {
      return replacing(alternatives);
    }
    return alternatives.stream()
        .map(alternative -> change(now, alternative))
        .collect(Collectors.joining(" "));
  }

  /** Entries of every other level, in one sentence. */
  private static String replacing(List<Alternative> alternatives) {
    String levels =
        alternatives.stream()
            .map(Alternative::supposing)
            .filter(Supposition.UserEntrySet.class::isInstance)
            .map(set -> ((Supposition.UserEntrySet) set).level().name())
            .collect(Collectors.joining(" or "));
    String team =
        alternatives.getLast().supposing() instanceof Supposition.TeamEntrySet(TeamId id, Level _)
            ? "team " + id + ", which they are in"
            : "a team that they are in";
    return "An entry of %s for them would replace the company default, and so would one for %s."
        .formatted(levels, team);
  }

  /** What one supposition would change. */
  static String change(Explanation now, Alternative alternative) {
    Explanation then = alternative.then();
    boolean byTime = alternative.supposing() instanceof Supposition.TimePasses;
    String still = then.level() == now.level() ? "still " : "";
    return "%s, they %s %shave %s because %s."
        .formatted(
            condition(alternative.supposing()),
            byTime ? "will" : "would",
            still,
            then.level(),
            reason(then));
  }

  private static String condition(Supposition supposing) {
    return switch (supposing) {
      case Supposition.TimePasses passes -> "From " + passes.to() + " on";
      case Supposition.AccountEnabled _ -> "If the account were enabled";
      case Supposition.InvitationAccepted _ -> "If they accepted the invitation";
      case Supposition.OwnershipTransferred _ -> "If they transferred it to somebody else";
      case Supposition.RoleTaken _ -> "With another role";
      case Supposition.DashboardPublished _ -> "If it were published";
      case Supposition.UserEntryRemoved _ -> "Without the entry for them";
      case Supposition.TeamEntryRemoved removed -> "Without the entry for team " + removed.team();
      case Supposition.UserEntrySet set -> "With an entry of " + set.level() + " for them";
      case Supposition.TeamEntrySet set ->
          "With an entry of %s for team %s".formatted(set.level(), set.team());
      case Supposition.GrantsRevoked revoked -> revoked(revoked.grants());
      case Supposition.GrantGiven given ->
          "With a support grant that reaches it as " + given.role();
    };
  }

  private static String revoked(List<GrantId> grants) {
    return grants.size() == 1
        ? "If grant %s were revoked".formatted(grants.getFirst())
        : "If grants %s were revoked"
            .formatted(grants.stream().map(GrantId::value).collect(Collectors.joining(" and ")));
  }

  static String since(Level level, Since since) {
    return switch (since) {
      case Since.Step step when step.byTime() ->
          "They have had %s since %s, when something ended or began by itself (after revision %d)."
              .formatted(level, step.at(), step.revision());
      case Since.Step step ->
          "They have had %s since %s (revision %d).".formatted(level, step.at(), step.revision());
      case Since.Before before ->
          "They have had %s since before %s; nothing older than revision %d was looked at."
              .formatted(level, before.at(), before.revision());
      case Since.Ever _ -> "They have never had another level on it.";
    };
  }
}
