package dev.sightline.rpc;

import dev.sightline.graph.Explanation;
import dev.sightline.model.Because;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.util.stream.Collectors;

/** Explanations as people read them. */
final class Sentences {
  private Sentences() {}

  static String why(UserId user, String dashboard, Explanation explanation, Because because) {
    String reason =
        switch (because) {
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
    String until = explanation.until() == null ? "" : ", until " + explanation.until();
    return "%s has %s on %s because %s%s."
        .formatted(user, explanation.level(), dashboard, reason, until);
  }

  private static String teams(Explanation explanation) {
    String path =
        explanation.teams().stream().map(TeamId::value).collect(Collectors.joining(", in "));
    return "team "
        + explanation.teams().getLast()
        + (explanation.teams().size() > 1 ? " (through " + path + ")" : "");
  }
}
