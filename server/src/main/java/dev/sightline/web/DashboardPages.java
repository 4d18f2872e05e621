package dev.sightline.web;

import dev.sightline.model.DashboardId;
import dev.sightline.model.OrganizationId;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where Open Dashboard in mails leads while nobody has said where dashboards are, {@code
 * /open/<organization>/<dashboard>}. Says what to set, and once it is set leads on to there, so
 * that mails from before are right, too.
 *
 * <p>The same for every id, whether there is such a dashboard or not: this page asks nobody.
 */
final class DashboardPages extends Handler.Abstract {
  private static final String PREFIX = "/open/";
  private static final String METHODS = "GET, HEAD";

  private static final String NOT_TOLD =
      Html.page(
          "This link leads nowhere yet",
          Html.paragraph(
                  "It should open a dashboard, but this installation has not been told where"
                      + " dashboards are. Look for it where you usually find them.")
              + Html.hint(
                  "For whoever runs it: give sightline serve the address as --dashboard-url, or in"
                      + " SIGHTLINE_DASHBOARD_URL, like https://app.example.com/d/{dashboard}."
                      + " Links in earlier mails will then work, too."));

  private final @Nullable DashboardAddress address;

  /**
   * @param address null: nobody has said
   */
  DashboardPages(@Nullable DashboardAddress address) {
    this.address = address;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith(PREFIX)) {
      return false;
    }
    Unread.leave(request, response);
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, METHODS);
      Answers.sendPage(response, callback, 405, LinkPage.OTHER_METHOD.html());
      return true;
    }
    String elsewhere = elsewhere(path.substring(PREFIX.length()).split("/", -1));
    if (elsewhere == null) {
      Answers.sendPage(response, callback, HttpStatus.NOT_FOUND_404, NOT_TOLD);
    } else {
      response.getHeaders().put(HttpHeader.LOCATION, elsewhere);
      String body = Html.page("On to the dashboard", Html.link(elsewhere, "Open Dashboard"));
      Answers.sendPage(response, callback, HttpStatus.FOUND_302, body);
    }
    return true;
  }

  private @Nullable String elsewhere(String[] segments) {
    if (address == null || segments.length != 2) {
      return null;
    }
    String organization = Percent.decodedPath(segments[0]);
    String dashboard = Percent.decodedPath(segments[1]);
    if (organization == null || dashboard == null) {
      return null;
    }
    try {
      return address.of(new OrganizationId(organization), new DashboardId(dashboard));
    } catch (IllegalArgumentException e) {
      // No id that there could be.
      return null;
    }
  }
}
