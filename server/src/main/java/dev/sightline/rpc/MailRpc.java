package dev.sightline.rpc;

import dev.sightline.auth.Callers;
import dev.sightline.auth.PageCursors;
import dev.sightline.change.Instants;
import dev.sightline.mail.Letter;
import dev.sightline.mail.Postbox;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import dev.sightline.store.MailQueue;
import dev.sightline.store.MailRow;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListMailResponse;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailState;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.ReadMailResponse;
import dev.sightline.v1.RetryMailRequest;
import dev.sightline.v1.RetryMailResponse;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outbox, for operators. */
final class MailRpc extends MailServiceGrpc.MailServiceImplBase {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Calls calls;
  private final MailQueue queue;
  private final Postbox postbox;
  private final PageCursors cursors;
  private final InstantSource time;

  MailRpc(Calls calls, MailQueue queue, Postbox postbox, PageCursors cursors, InstantSource time) {
    this.calls = calls;
    this.queue = queue;
    this.postbox = postbox;
    this.cursors = cursors;
    this.time = time;
  }

  @Override
  public void listMail(ListMailRequest request, StreamObserver<ListMailResponse> observer) {
    String caller = Callers.current().tokenId();
    calls.answer(observer, () -> page(caller, request));
  }

  private ListMailResponse page(String caller, ListMailRequest request) {
    MailQueue.Filter filter =
        new MailQueue.Filter(
            orNull("organization_id", request.getOrganizationId(), OrganizationId::new),
            kind(request.getKind()),
            state(request.getState()),
            orNull("recipient_id", request.getRecipientId(), UserId::new),
            orNull("request_id", request.getRequestId(), RequestId::new));
    int size = Requests.within("page_size", request.getPageSize(), USUAL_PAGE, LARGEST_PAGE);
    PageCursors.ListOf list =
        Pages.listOf(caller, request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    List<MailRow> rows =
        request.getNewestFirst()
            ? queue.newest(filter, from(after, Long.MAX_VALUE), size)
            : queue.list(filter, from(after, 0), size);
    String last = rows.size() < size ? "" : Long.toString(rows.getLast().id());
    return ListMailResponse.newBuilder()
        .addAllMails(rows.stream().map(MailRpc::mail).toList())
        .setNextPageToken(Pages.token(cursors, list, last))
        .build();
  }

  private static long from(String after, long first) {
    return after.isEmpty() ? first : Long.parseLong(after);
  }

  private static <T> @Nullable T orNull(String field, String text, Function<String, T> id) {
    return text.isEmpty() ? null : Requests.id(field, text, id);
  }

  @Override
  public void readMail(ReadMailRequest request, StreamObserver<ReadMailResponse> observer) {
    calls.answer(
        observer,
        () -> {
          Letter letter = postbox.read(request.getMailId());
          if (letter == null) {
            throw Statuses.exception(
                Refusal.of(
                    Reason.MAIL_NOT_FOUND,
                    "Mail %d is not in this node's local outbox: it was not sent, or went elsewhere."
                        .formatted(request.getMailId()),
                    "mail",
                    Long.toString(request.getMailId())));
          }
          return ReadMailResponse.newBuilder()
              .setSubject(letter.subject())
              .setText(letter.text())
              .setHtml(letter.html())
              .build();
        });
  }

  @Override
  public void retryMail(RetryMailRequest request, StreamObserver<RetryMailResponse> observer) {
    calls.answer(
        observer,
        () -> {
          long id = request.getMailId();
          MailRow before = found(id);
          if (!queue.retry(id, time.instant())) {
            throw Statuses.exception(
                Refusal.of(
                    Reason.MAIL_NOT_DEAD,
                    "Mail %d is %s, and only a DEAD one is tried again."
                        .formatted(id, before.state()),
                    "mail",
                    Long.toString(id)));
          }
          return RetryMailResponse.newBuilder().setMail(mail(found(id))).build();
        });
  }

  private MailRow found(long id) {
    MailRow row = queue.find(id);
    if (row == null) {
      throw Statuses.exception(
          Refusal.of(
              Reason.MAIL_NOT_FOUND,
              "There is no mail %d.".formatted(id),
              "mail",
              Long.toString(id)));
    }
    return row;
  }

  private static Mail mail(MailRow row) {
    Mail.Builder mail =
        Mail.newBuilder()
            .setId(row.id())
            .setOrganizationId(row.organization().value())
            .setRecipientId(row.recipient().value())
            .setAddress(row.address().value())
            .setKind(MailKind.valueOf("MAIL_KIND_" + row.kind()))
            .setState(MailState.valueOf("MAIL_STATE_" + row.state()))
            .setWrittenAtMicros(Instants.micros(row.writtenAt()))
            .setSentAtMicros(row.sentAt() == null ? 0 : Instants.micros(row.sentAt()))
            .setFailures(row.failures())
            .setLastFailure(row.failure() == null ? "" : row.failure());
    if (row.dashboard() != null) {
      mail.setDashboardId(row.dashboard().value());
    }
    if (row.level() != null) {
      mail.setLevel(Enums.toProto(row.level()));
    }
    if (row.request() != null) {
      mail.setRequestId(row.request().value());
    }
    if (row.requester() != null) {
      mail.setRequesterId(row.requester().value());
    }
    if (row.grant() != null) {
      mail.setGrantId(row.grant().value());
    }
    return mail.build();
  }

  private static dev.sightline.store.@Nullable MailKind kind(MailKind kind) {
    return switch (kind) {
      case MAIL_KIND_UNSPECIFIED -> null;
      case MAIL_KIND_SHARED -> dev.sightline.store.MailKind.SHARED;
      case MAIL_KIND_ACCESS_REQUESTED -> dev.sightline.store.MailKind.ACCESS_REQUESTED;
      case MAIL_KIND_APPROVED -> dev.sightline.store.MailKind.APPROVED;
      case MAIL_KIND_DECLINED -> dev.sightline.store.MailKind.DECLINED;
      case MAIL_KIND_INVITATION -> dev.sightline.store.MailKind.INVITATION;
      case MAIL_KIND_SUPPORT_ACCESS_GRANTED -> dev.sightline.store.MailKind.SUPPORT_ACCESS_GRANTED;
      case UNRECOGNIZED -> throw unknown("kind");
    };
  }

  private static dev.sightline.store.@Nullable MailState state(MailState state) {
    return switch (state) {
      case MAIL_STATE_UNSPECIFIED -> null;
      case MAIL_STATE_WAITING -> dev.sightline.store.MailState.WAITING;
      case MAIL_STATE_SENT -> dev.sightline.store.MailState.SENT;
      case MAIL_STATE_DEAD -> dev.sightline.store.MailState.DEAD;
      case UNRECOGNIZED -> throw unknown("state");
    };
  }

  private static RuntimeException unknown(String field) {
    return Requests.invalid(
        Reason.UNKNOWN_ENUM_VALUE, field, "a value that this version knows was expected");
  }
}
