package dev.sightline.mail;

import dev.sightline.model.DashboardId;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where links in mails lead: only ever what an operator has set, never what a request says of the
 * host.
 *
 * @param base of the one-click pages, without a slash at the end
 * @param dashboard where a dashboard is opened, with {@code {organization}} and {@code {dashboard}}
 * @param invitation where an invitation is accepted, with {@code {token}}
 */
public record Links(URI base, String dashboard, String invitation) {
  private static final String OPEN = "/open/{organization}/{dashboard}";

  /** Pages of this service for all of it. */
  public static Links of(URI base) {
    String text = withoutSlash(base.toString());
    return new Links(URI.create(text), text + OPEN, text + "/i/{token}");
  }

  public Links {
    if (!dashboard.contains("{dashboard}")) {
      throw new IllegalArgumentException(
          "The address of dashboards, " + dashboard + ", needs {dashboard} in it.");
    }
    if (!invitation.contains("{token}")) {
      throw new IllegalArgumentException(
          "The address of invitations, " + invitation + ", needs {token} in it.");
    }
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  String toDecide(LinkToken token) {
    return base + "/l/" + token.reveal();
  }

  String toAccept(LinkToken token) {
    return invitation.replace("{token}", token.reveal());
  }

  /** Whether dashboards are opened anywhere but on the page that says that nobody knows where. */
  public boolean leadElsewhere() {
    return !dashboard.equals(base + OPEN);
  }

  public String toOpen(OrganizationId organization, DashboardId id) {
    return dashboard
        .replace("{organization}", encoded(organization.value()))
        .replace("{dashboard}", encoded(id.value()));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
