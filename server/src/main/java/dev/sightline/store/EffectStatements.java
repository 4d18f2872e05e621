package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.WAITING_MAIL;

import dev.sightline.change.Effect;
import dev.sightline.change.Effect.Rewrite;
import dev.sightline.change.Effect.Send;
import dev.sightline.change.Effect.StopWaiting;
import dev.sightline.change.Effect.Wait;
import dev.sightline.change.Mail;
import dev.sightline.change.WaitingMail;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Turns what goes with a revision's changes into statements: the outbox, and whoever waits. */
final class EffectStatements {
  private final String organization;
  private final PendingStatements pending;

  EffectStatements(OrganizationId organization, PendingStatements pending) {
    this.organization = organization.value();
    this.pending = pending;
  }

  void add(Effect effect, Instant at) {
    switch (effect) {
      case Send(Mail mail) -> send(mail, at);
      case Wait wait -> await(wait);
      case StopWaiting stop ->
          pending.addTouchingAny(
              WAITING_MAIL, AroundTexts.DELETE_ALL_WAITING, organization, stop.dashboard().value());
      case Rewrite(long id, Mail mail) ->
          pending.addTouchingAny(
              MAIL, Texts.REWRITE_MAIL, MailCodec.encode(mail), organization, id);
    }
  }

  private void await(Wait wait) {
    String dashboard = wait.dashboard().value();
    String user = wait.user().value();
    WaitingMail mail = wait.mail();
    if (mail == null) {
      pending.addTouchingAny(
          WAITING_MAIL, AroundTexts.DELETE_WAITING, organization, dashboard, user);
    } else {
      pending.add(
          WAITING_MAIL,
          AroundTexts.PUT_WAITING,
          mail.kind(),
          mail.by().value(),
          organization,
          dashboard,
          user);
    }
  }

  private void send(Mail mail, Instant at) {
    Columns columns = columns(mail);
    pending.add(
        MAIL,
        Texts.INSERT_MAIL,
        organization,
        mail.to().user().value(),
        mail.to().address().value(),
        mail.to().address().canonical(),
        MailCodec.kind(mail),
        columns.dashboard,
        columns.level == null ? null : (short) columns.level.ordinal(),
        columns.request,
        columns.requester,
        columns.grant,
        MailCodec.encode(mail),
        at,
        at);
  }

  /** What of a mail can be searched for, and stays when what it says is gone. */
  private record Columns(
      @Nullable String dashboard,
      @Nullable Level level,
      @Nullable String request,
      @Nullable String requester,
      @Nullable String grant) {}

  private static Columns columns(Mail mail) {
    return switch (mail) {
      case Mail.Shared m -> new Columns(m.dashboard().value(), m.level(), null, null, null);
      case Mail.AccessRequested m ->
          new Columns(
              m.dashboard().value(), null, m.request().value(), m.requester().value(), null);
      case Mail.Approved m -> new Columns(m.dashboard().value(), m.level(), null, null, null);
      case Mail.Declined m -> new Columns(m.dashboard().value(), null, null, null, null);
      case Mail.Invitation _ -> new Columns(null, null, null, null, null);
      case Mail.SupportAccessGranted m -> new Columns(null, null, null, null, m.grant().value());
    };
  }
}
