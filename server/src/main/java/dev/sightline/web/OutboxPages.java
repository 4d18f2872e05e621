package dev.sightline.web;

import dev.sightline.auth.OwnCalls;
import dev.sightline.auth.Scope;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailServiceGrpc.MailServiceBlockingStub;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.ReadMailResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The local outbox, {@code /outbox}, links and all: only where callers on this machine need no
 * token anyway.
 */
final class OutboxPages extends Handler.Abstract {
  private static final Pattern PATH = Pattern.compile("/outbox(?:/(\\d{1,18})(/html)?)?");
  private static final String KIND = "MAIL_KIND_";
  private static final int MOST = 200;
  private static final int DEADLINE_SECONDS = 30;

  /** A mail brings its style along, and may do nothing but lead elsewhere. */
  private static final String MAIL_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none';"
          + " sandbox allow-top-navigation-by-user-activation allow-popups";

  private final LocalCalls calls;
  private final MailServiceBlockingStub mails;

  OutboxPages(ServerServiceDefinition service) {
    calls = new LocalCalls(List.of(service), new OwnCalls("outbox-page", Scope.OPERATE));
    mails = MailServiceGrpc.newBlockingStub(calls.channel());
  }

  /** A page and what it may do. */
  private record Page(int http, String policy, String html) {
    static Page own(int http, String title, String body) {
      return new Page(http, Html.POLICY, Html.page(title, body));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    Matcher asked = PATH.matcher(path == null ? "" : path);
    if (!asked.matches() || !request.getMethod().equals("GET")) {
      return false;
    }
    Page page = page(asked.group(1), asked.group(2) != null);
    response.getHeaders().put("Content-Security-Policy", page.policy);
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    byte[] body = page.html.getBytes(StandardCharsets.UTF_8);
    Answers.send(response, callback, page.http, "text/html;charset=utf-8", body);
    return true;
  }

  private Page page(@Nullable String id, boolean html) {
    try {
      return id == null ? list() : letter(Long.parseLong(id), html);
    } catch (StatusRuntimeException e) {
      String why = e.getStatus().getDescription();
      return Page.own(404, "Nothing to show", Html.paragraph(why == null ? "" : why));
    }
  }

  private Page letter(long id, boolean html) {
    ReadMailResponse letter = stub().readMail(ReadMailRequest.newBuilder().setMailId(id).build());
    return html
        ? new Page(200, MAIL_POLICY, letter.getHtml())
        : Page.own(
            200,
            letter.getSubject(),
            Html.preformatted(letter.getText())
                + Html.link("/outbox/" + id + "/html", "As HTML")
                + Html.link("/outbox", "All mails"));
  }

  private Page list() {
    List<Mail> last =
        stub()
            .listMail(ListMailRequest.newBuilder().setNewestFirst(true).setPageSize(MOST).build())
            .getMailsList();
    if (last.isEmpty()) {
      return Page.own(200, "Outbox", Html.paragraph("No mail has been written yet."));
    }
    var body = new StringBuilder();
    last.forEach(mail -> body.append(line(mail)));
    return Page.own(200, "Outbox", body.toString());
  }

  private static String line(Mail mail) {
    String about = mail.getDashboardId().isEmpty() ? "" : ", " + mail.getDashboardId();
    return Html.link("/outbox/" + mail.getId(), kind(mail) + " to " + mail.getAddress())
        + Html.hint(
            "%s, %s%s, %s"
                .formatted(
                    Instant.EPOCH.plus(mail.getWrittenAtMicros(), ChronoUnit.MICROS),
                    mail.getOrganizationId(),
                    about,
                    word(mail.getState().name().substring("MAIL_STATE_".length()))));
  }

  private static String kind(Mail mail) {
    String name = word(mail.getKind().name().substring(KIND.length()));
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private MailServiceBlockingStub stub() {
    return mails.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    calls.close();
    super.doStop();
  }
}
