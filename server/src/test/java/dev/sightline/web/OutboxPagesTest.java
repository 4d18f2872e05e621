package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.Authorization;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.rpc.Statuses;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListMailResponse;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailState;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The local outbox as a page, over a real socket. */
@Timeout(60)
class OutboxPagesTest {
  /** An outbox of very many mails. */
  private static final class Mails extends MailServiceGrpc.MailServiceImplBase {
    final List<ListMailRequest> asked = new CopyOnWriteArrayList<>();

    @Override
    public void listMail(ListMailRequest request, StreamObserver<ListMailResponse> observer) {
      asked.add(request);
      var page = ListMailResponse.newBuilder().setNextPageToken("more");
      for (long id = 1_000_000; id > 1_000_000 - request.getPageSize(); id--) {
        page.addMails(
            Mail.newBuilder()
                .setId(id)
                .setAddress("fay@acme.test")
                .setKind(MailKind.MAIL_KIND_SHARED)
                .setState(MailState.MAIL_STATE_SENT));
      }
      observer.onNext(page.build());
      observer.onCompleted();
    }
  }

  @Test
  void the_newest_two_hundred_are_read_and_no_others() throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();
    var mails = new Mails();
    var bound = List.of(mails.bindService());
    var everybody = new LocalAuthentication(address);
    var guard =
        new Authorization(
            RpcRules.of(bound),
            everybody,
            new TestRealms(),
            new OpenStreams(everybody, Statuses::exception, Duration.ofSeconds(1)),
            Statuses::exception);
    try (WebServer web =
            WebServer.start(
                new WebServer.Listening(address, 0, null, true, null), bound, guard, everybody);
        HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + "/outbox"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertTrue(body.indexOf("/outbox/1000000\"") < body.indexOf("/outbox/999801\""), body);
    }
    assertEquals(
        List.of(ListMailRequest.newBuilder().setNewestFirst(true).setPageSize(200).build()),
        mails.asked);
  }
}
