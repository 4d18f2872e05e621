package dev.sightline.web;

import dev.sightline.v1.Level;
import dev.sightline.v1.LinkFacts;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.UseLinkResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The pages of one-click links, as people read them.
 *
 * @param http the status that it goes with
 * @param html the whole page
 */
record LinkPage(int http, String html) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static final LinkPage VOID =
      new LinkPage(
          404,
          Html.page(
              "This link does not work",
              Html.paragraph(
                      "It may have been replaced by a link in a newer mail, or the request may have"
                          + " been taken back.")
                  + Html.hint(
                      "To see who has access, open the dashboard and choose Manage Access.")));

  static final LinkPage TOO_OFTEN =
      new LinkPage(
          429,
          Html.page(
              "Too many requests",
              Html.paragraph("Wait a few seconds, then load this page again.")));

  static final LinkPage UNAVAILABLE =
      new LinkPage(
          503,
          Html.page(
              "Not possible right now",
              Html.paragraph(
                  "Sightline cannot tell at the moment. Load this page again in a little while; it"
                      + " shows whether something was decided.")));

  /** The organization holds as much as it can. */
  static final LinkPage FULL =
      new LinkPage(
          409,
          Html.page(
              "This cannot be done now",
              Html.paragraph(
                      "The organization has reached the most people or access entries that it can"
                          + " hold. Nothing has changed.")
                  + Html.hint(
                      "Once an admin has made room, this link works as before, as long as it has"
                          + " not ended.")));

  /** Something about the organization is against it. */
  static final LinkPage NOT_NOW =
      new LinkPage(
          409,
          Html.page(
              "This cannot be done now",
              Html.paragraph(
                      "The way things are in the organization does not allow it. Nothing has"
                          + " changed.")
                  + Html.hint("Ask an admin of the organization; they can see why.")));

  static final LinkPage OTHER_METHOD =
      new LinkPage(
          405,
          Html.page(
              "Nothing happened", Html.paragraph("This page can be looked at, and answered.")));

  /** What a link would do. */
  static LinkPage of(LookAtLinkResponse link) {
    return switch (link.getState()) {
      case LINK_STATE_OPEN -> new LinkPage(200, question(link.getLink()));
      case LINK_STATE_ALREADY_DECIDED -> new LinkPage(200, decided(link.getLink()));
      case LINK_STATE_EXPIRED -> new LinkPage(200, expired(link.getLink()));
      case LINK_STATE_VOID, LINK_STATE_UNSPECIFIED, UNRECOGNIZED -> VOID;
    };
  }

  /** What came of it. */
  static LinkPage of(UseLinkResponse used) {
    return switch (used.getOutcome()) {
      case LINK_OUTCOME_APPLIED -> new LinkPage(200, applied(used.getLink()));
      case LINK_OUTCOME_ALREADY_DECIDED -> new LinkPage(200, decided(used.getLink()));
      case LINK_OUTCOME_EXPIRED -> new LinkPage(200, expired(used.getLink()));
      case LINK_OUTCOME_VOID, LINK_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> VOID;
    };
  }

  private static String question(LinkFacts link) {
    String who = who(link);
    String what = dashboard(link);
    String asks = Html.raw(first(link) + " is asking for access to " + what + ".");
    String until = Html.hint("This link works until " + when(link.getEndsAtMicros()) + ".");
    return switch (link.getDecision()) {
      case REQUEST_DECISION_APPROVE_VIEWER ->
          Html.page(
              "Approve access as Viewer?",
              asks
                  + Html.raw(
                      "The button gives "
                          + who
                          + " the right to view it. Nothing has happened yet.")
                  + Html.button("Approve as Viewer")
                  + until);
      case REQUEST_DECISION_APPROVE_EDITOR ->
          Html.page(
              "Approve access as Editor?",
              asks
                  + Html.raw(
                      "The button gives "
                          + who
                          + " the right to view and edit it, and to share it with others. Nothing"
                          + " has happened yet.")
                  + Html.button("Approve as Editor")
                  + until);
      case REQUEST_DECISION_DECLINE ->
          Html.page(
              "Decline this request?",
              asks
                  + Html.raw(
                      "The button declines, and "
                          + who
                          + " is told so by mail. Nothing has happened yet.")
                  + Html.button("Decline")
                  + until);
      case REQUEST_DECISION_UNSPECIFIED, UNRECOGNIZED -> VOID.html;
    };
  }

  /** For whoever can do that there. */
  private static String manageAccess(LinkFacts link) {
    return link.getDashboardName().isEmpty()
        ? ""
        : Html.hint("To change it, open the dashboard and choose Manage Access.");
  }

  private static String applied(LinkFacts link) {
    return link.getStatus() == RequestStatus.REQUEST_STATUS_DECLINED
        ? Html.page("Declined", sentence(link) + Html.hint("You can close this page."))
        : Html.page(
            "Approved",
            sentence(link)
                + Html.hint("You can close this page. To change it, choose Manage Access."));
  }

  private static String decided(LinkFacts link) {
    return Html.page(
        "This request is already decided",
        sentence(link)
            + Html.paragraph("It was decided on " + when(link.getDecidedAtMicros()) + ".")
            + manageAccess(link));
  }

  private static String sentence(LinkFacts link) {
    String what = dashboard(link);
    if (link.getStatus() == RequestStatus.REQUEST_STATUS_DECLINED) {
      return Html.raw("The request of " + who(link) + " for " + what + " was declined.");
    }
    String may = link.getLevel() == Level.LEVEL_EDITOR ? "as an editor" : "as a viewer";
    return Html.raw(first(link) + " was let in to " + what + " " + may + ".");
  }

  private static String expired(LinkFacts link) {
    String who = who(link);
    String what = dashboard(link);
    String stillThere =
        link.getDashboardName().isEmpty()
            ? "Whoever manages access there can still give it: with "
                + Html.strong("Manage Access")
                + " on the dashboard."
            : "You can still give access: open the dashboard, choose "
                + Html.strong("Manage Access")
                + ", and add "
                + who
                + ".";
    return Html.page(
        "This request has ended",
        Html.raw("Nobody decided about the request of " + who + " for " + what + " in time.")
            + Html.raw(stillThere));
  }

  private static String who(LinkFacts link) {
    return link.getRequesterName().isEmpty() ? "somebody" : Html.name(link.getRequesterName());
  }

  /** The same at the beginning of a sentence. */
  private static String first(LinkFacts link) {
    return link.getRequesterName().isEmpty() ? "Somebody" : who(link);
  }

  /** Without a name it is deleted, or no business of whoever holds the link: which, is not said. */
  private static String dashboard(LinkFacts link) {
    return link.getDashboardName().isEmpty()
        ? "a dashboard"
        : Html.strongName(link.getDashboardName());
  }

  private static String when(long micros) {
    return DAY.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}
