package dev.sightline.scenario;

import static dev.sightline.scenario.Clause.AS;
import static dev.sightline.scenario.Clause.BY;
import static dev.sightline.scenario.Clause.ERROR;
import static dev.sightline.scenario.Clause.EXPECT;
import static dev.sightline.scenario.Clause.OF_CHANGES;
import static dev.sightline.scenario.Clause.OF_OPERATORS;
import static dev.sightline.scenario.Clause.OF_QUESTIONS;
import static dev.sightline.scenario.Clause.OF_VIEWS;
import static dev.sightline.scenario.Clause.ORGANIZATION;
import static dev.sightline.scenario.Kind.Atom.DURATION;
import static dev.sightline.scenario.Kind.Atom.TEXT;
import static dev.sightline.scenario.Kind.DECISION;
import static dev.sightline.scenario.Kind.FLAG;
import static dev.sightline.scenario.Kind.LEVEL;
import static dev.sightline.scenario.Kind.LINK;
import static dev.sightline.scenario.Kind.SUPPORT_ROLE;
import static dev.sightline.scenario.Parameters.NONE;
import static dev.sightline.scenario.Parameters.optional;
import static dev.sightline.scenario.Parameters.required;

import dev.sightline.scenario.Kind.ListOf;
import dev.sightline.scenario.Kind.MapOf;
import dev.sightline.scenario.Kind.OrNull;
import dev.sightline.scenario.Kind.Word;
import dev.sightline.scenario.Operation.Play;
import java.util.List;
import java.util.Set;

/** What the format has and the service cannot do yet: checked like the rest, but not played. */
final class OperationsToCome {
  private static final Set<Clause> NAMING = Set.of(BY, ORGANIZATION, AS, ERROR);
  private static final Set<Clause> BY_LINK = Set.of(ORGANIZATION, EXPECT, ERROR);
  private static final Kind TEXTS = new ListOf(TEXT);

  private static final Parameters USER = Parameters.of(required("user", TEXT));
  private static final Parameters DASHBOARD = Parameters.of(required("dashboard", TEXT));
  private static final Parameters AGENT = Parameters.of(required("agent", TEXT));
  private static final Parameters PORTALS = Parameters.of(required("organizations", TEXTS));
  private static final Parameters ONE_CLICK =
      Parameters.of(
          required("request", TEXT), required("decision", DECISION), optional("link", LINK));
  private static final Parameters MAIL =
      Parameters.of(
          required("to", TEXT),
          required("kind", TEXT),
          optional("dashboard", TEXT),
          optional("level", LEVEL),
          optional("requester", TEXT),
          optional("organization", TEXT));

  static final List<Operation> ALL =
      List.of(
          change("invite_user", PeopleChanges.NEW_USER, OF_CHANGES),
          change("resend_invitation", USER, OF_CHANGES),
          change(
              "accept_invitation",
              Parameters.of(required("user", TEXT), optional("link", LINK)),
              Set.of(ORGANIZATION, ERROR)),
          change(
              "set_active_response",
              Parameters.of(required("user", TEXT), required("granted", FLAG)),
              OF_CHANGES),
          change("enroll_mfa", NONE, OF_CHANGES),
          change(
              "request_access",
              Parameters.of(required("dashboard", TEXT), optional("reason", TEXT)),
              NAMING),
          change(
              "decide_request",
              Parameters.of(required("request", TEXT), optional("level", LEVEL)),
              OF_CHANGES),
          change("open_link", ONE_CLICK, BY_LINK),
          new Operation("use_link", ONE_CLICK, BY_LINK, Kind.OUTCOME, new Play.ChangeToCome()),
          change("subscribe", DASHBOARD, OF_CHANGES),
          change("unsubscribe", DASHBOARD, OF_CHANGES),
          change(
              "move_support_agent",
              Parameters.of(required("agent", TEXT), required("group", TEXT)),
              OF_OPERATORS),
          change("remove_support_agent", AGENT, OF_OPERATORS),
          change(
              "request_support_access",
              Parameters.of(
                  required("agent", TEXT),
                  required("organizations", TEXTS),
                  optional("reason", TEXT)),
              OF_OPERATORS),
          change(
              "allow_support_access",
              Parameters.of(
                  required("organizations", TEXTS),
                  optional("group", TEXT),
                  optional("duration", DURATION)),
              NAMING),
          change(
              "grant_support_access",
              Parameters.of(
                      required("roles", new ListOf(SUPPORT_ROLE)),
                      optional("workspaces", new MapOf(new OrNull(SUPPORT_ROLE))),
                      optional("duration", DURATION),
                      optional("until_revoked", FLAG))
                  .orElse("group", "agent"),
              NAMING),
          change("revoke_support_access", Parameters.of(required("grant", TEXT)), OF_CHANGES),
          change("revoke_portal_access", PORTALS, OF_CHANGES),
          change(
              "dismiss_support_request",
              Parameters.of(required("agent", TEXT), required("organizations", TEXTS)),
              OF_CHANGES),
          question("digest", USER, TEXTS, OF_QUESTIONS),
          question(
              "request_status",
              Parameters.of(required("request", TEXT)),
              new Word(List.of("PENDING", "APPROVED", "DECLINED", "EXPIRED", "CANCELLED")),
              OF_QUESTIONS),
          question("can_use_active_response", USER, FLAG, OF_QUESTIONS),
          question("pending_support_requests", NONE, TEXTS, OF_VIEWS),
          question("support_history", NONE, TEXTS, OF_VIEWS),
          question("mail", NONE, new ListOf(MAIL), OF_QUESTIONS));

  private OperationsToCome() {}

  private static Operation change(String name, Parameters parameters, Set<Clause> clauses) {
    return new Operation(name, parameters, clauses, NONE, new Play.ChangeToCome());
  }

  private static Operation question(
      String name, Parameters parameters, Kind answer, Set<Clause> clauses) {
    return new Operation(name, parameters, clauses, answer, new Play.QuestionToCome());
  }
}
