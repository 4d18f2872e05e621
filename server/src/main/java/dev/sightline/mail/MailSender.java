package dev.sightline.mail;

import dev.sightline.change.Mail;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkTarget;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.MailQueue;
import dev.sightline.store.MailQueue.Due;
import dev.sightline.store.OneClickLinks;
import dev.sightline.store.OneClickLinks.Link;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds: at least once, to each address in the order in which it was written.
 *
 * <p>INVARIANT: a link's hash is stored before the letter with the link is handed over, and the
 * link itself nowhere. A letter that is sent again has new links; those of the one before, if it
 * did arrive, are as good.
 */
public final class MailSender {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

  /** No more than are handed over at once: what is claimed does not wait. */
  private static final int TOGETHER = SmtpPostbox.CONNECTIONS;

  /** Longer than handing over a letter takes, each reply as late as can be. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);
  private static final int LONGEST_FAILURE = 500;

  private final MailQueue queue;
  private final OneClickLinks oneClickLinks;
  private final Letters letters;
  private final Postbox postbox;
  private final InstantSource time;
  private final Executor threads;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean stopping;

  /**
   * @param threads a letter is handed over on a thread of its own
   */
  public MailSender(
      MailQueue queue,
      OneClickLinks oneClickLinks,
      Links links,
      Postbox postbox,
      InstantSource time,
      Executor threads) {
    this.queue = queue;
    this.oneClickLinks = oneClickLinks;
    this.letters = new Letters(links);
    this.postbox = postbox;
    this.time = time;
    this.threads = threads;
  }

  /** Begins with no more letters. */
  public void stop() {
    stopping = true;
  }

  /** Sends until nothing is due. Blocks. */
  public void sendWhatIsDue() {
    List<Due> due = claimed();
    while (!due.isEmpty()) {
      CompletableFuture.allOf(
              due.stream()
                  .map(mail -> CompletableFuture.runAsync(() -> send(mail), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      due = claimed();
    }
  }

  private List<Due> claimed() {
    return stopping ? List.of() : queue.claim(time.instant(), LEASE, TOGETHER);
  }

  private void send(Due due) {
    switch (delivery(due)) {
      case Postbox.Delivery.Taken() -> queue.sent(due, time.instant());
      case Postbox.Delivery.Never(String why) -> {
        LOG.warn("mail {} cannot be delivered", due.row().id());
        queue.died(due, cut(why), time.instant());
      }
      case Postbox.Delivery.NotNow(String why) -> tryLater(due, why);
    }
  }

  private Postbox.Delivery delivery(Due due) {
    try {
      return postbox.deliver(letter(due));
    } catch (RuntimeException e) {
      LOG.error("mail {} could not be put into words or handed over", due.row().id(), e);
      return new Postbox.Delivery.NotNow("a fault of the service; its log says more");
    }
  }

  private void tryLater(Due due, String why) {
    Instant now = time.instant();
    if (now.isBefore(due.row().writtenAt().plus(GIVEN_UP_AFTER))) {
      LOG.warn("mail {} was not taken and is tried again", due.row().id());
      queue.failed(due, cut(why), now.plus(pause(due.row().failures())));
    } else {
      LOG.warn("mail {} is given up", due.row().id());
      queue.died(due, cut(why), now);
    }
  }

  /** Twice as long each time, a fifth more or less, so that not all come back at once. */
  private static Duration pause(int failures) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
    Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    long spread = pause.toMillis() / 5;
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(-spread, spread + 1));
  }

  private static String cut(String why) {
    return why.length() <= LONGEST_FAILURE ? why : why.substring(0, LONGEST_FAILURE);
  }

  private Letter letter(Due due) {
    long id = due.row().id();
    OrganizationId organization = due.row().organization();
    return switch (due.mail()) {
      case Mail.AccessRequested mail ->
          letters.letter(id, mail, tokensToDecide(organization, mail));
      case Mail.Invitation mail -> letters.letter(id, mail, tokenToAccept(organization, mail));
      case Mail.Shared _, Mail.Approved _, Mail.Declined _, Mail.SupportAccessGranted _ ->
          letters.letter(id, organization, due.mail());
    };
  }

  private Map<LinkDecision, LinkToken> tokensToDecide(
      OrganizationId organization, Mail.AccessRequested mail) {
    Map<LinkDecision, LinkToken> tokens = new EnumMap<>(LinkDecision.class);
    List<Link> links = new ArrayList<>();
    for (LinkDecision decision : LinkDecision.values()) {
      LinkToken token = LinkToken.draw(random);
      tokens.put(decision, token);
      links.add(
          new Link(
              token.hash(),
              organization,
              new LinkTarget.OfRequest(mail.request(), decision),
              mail.addressing(),
              mail.end()));
    }
    oneClickLinks.add(links);
    return tokens;
  }

  private LinkToken tokenToAccept(OrganizationId organization, Mail.Invitation mail) {
    LinkToken token = LinkToken.draw(random);
    oneClickLinks.add(
        List.of(
            new Link(
                token.hash(),
                organization,
                new LinkTarget.OfInvitation(mail.to().user()),
                mail.sending(),
                mail.end())));
    return token;
  }
}
