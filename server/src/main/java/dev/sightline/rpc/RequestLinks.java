package dev.sightline.rpc;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.RequestFacts;
import dev.sightline.command.Outcome;
import dev.sightline.command.RequestCommands;
import dev.sightline.command.RequestCommands.LinkUse;
import dev.sightline.command.RequestCommands.UseLink;
import dev.sightline.command.Writes;
import dev.sightline.command.Written;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkOutcome;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.RequestStatus;
import dev.sightline.model.Sha256;
import dev.sightline.model.Status;
import dev.sightline.store.Author;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.RequestReads;
import dev.sightline.store.RequestReads.LinkedRequest;
import dev.sightline.store.RequestReads.RequestRow;
import dev.sightline.store.Rows.UserRow;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one-click links of access requests: looking at one decides nothing, using one does what it
 * says in the name of whoever the mail with it went to. No login: the token is the right.
 *
 * <p>A token that is unknown, malformed, dead, cancelled or out of reach is void, and nothing else
 * is said of it. All of these take one statement and no lock, so their time tells them no better
 * apart.
 */
public final class RequestLinks {
  /** Whose name the log has for the caller of what a link decides. */
  private static final String CALLER = "one-click link";

  /** Longer texts are no tokens; they are not worth hashing. */
  private static final int LONGEST_TOKEN = 200;

  private final Calls calls;
  private final Writes writes;
  private final Proof proof;
  private final RequestReads requests;
  private final DirectoryReads directory;

  RequestLinks(
      Calls calls, Writes writes, Proof proof, RequestReads requests, DirectoryReads directory) {
    this.calls = calls;
    this.writes = writes;
    this.proof = proof;
    this.requests = requests;
    this.directory = directory;
  }

  /**
   * What a link is about. Names are those of now, and said only as long as the addressee may see
   * them: the link may be in anybody's hands by then, or its holder let go.
   *
   * @param facts of the request, after what was done
   * @param dashboardName null: it is deleted, or the addressee cannot view it
   * @param requesterName null: they are deleted, or the addressee cannot manage access there
   */
  public record LinkFacts(
      OrganizationId organization,
      RequestId request,
      RequestFacts facts,
      LinkDecision decision,
      @Nullable String dashboardName,
      @Nullable String requesterName) {}

  /**
   * What would come of using a link.
   *
   * @param link null for a void one, of which nothing is said
   */
  public record Looked(LinkOutcome outcome, @Nullable LinkFacts link) {
    private static final Looked VOID = new Looked(LinkOutcome.VOID, null);
  }

  /**
   * What came of using a link.
   *
   * @param link null for a void one, of which nothing is said
   * @param written where the log stood then; null for a void one
   */
  public record Used(LinkOutcome outcome, @Nullable LinkFacts link, @Nullable Written written) {
    private static final Used VOID = new Used(LinkOutcome.VOID, null, null);
  }

  /**
   * What would come of using a link now. Decides nothing. Blocks: for virtual threads.
   *
   * @param token whatever stands where a token should
   * @param reached the organizations that may be spoken of; all others' links are void
   * @throws Exception if the database does not answer, as {@link Calls#status} says it
   */
  public Looked look(String token, Predicate<OrganizationId> reached) throws Exception {
    LinkedRequest found = found(token, reached);
    if (found == null) {
      return Looked.VOID;
    }
    return calls.fresh(
        found.organization(),
        Calls.fullyConsistent(),
        fresh -> {
          // Again, now that the graph is there: what was found before may be decided since.
          LinkedRequest link = found(token, reached);
          Instant now = proof.now(fresh);
          OrgGraph graph = fresh.graph();
          if (link == null) {
            return Looked.VOID;
          }
          RequestRow row = link.request();
          RequestFacts facts = RequestCommands.asOf(graph, row.facts(), row.written(), now);
          LinkOutcome outcome = RequestCommands.outcome(graph, facts, link.addressing());
          return outcome == LinkOutcome.VOID
              ? Looked.VOID
              : new Looked(outcome, facts(link, facts, graph));
        });
  }

  /**
   * Does what a link says. Blocks until it is durable: for virtual threads.
   *
   * @param token whatever stands where a token should
   * @param reached the organizations that may be spoken of; all others' links are void
   * @throws Exception if the database does not answer, as {@link Calls#status} says it
   */
  public Used use(String token, Predicate<OrganizationId> reached) throws Exception {
    LinkedRequest link = found(token, reached);
    if (link == null) {
      return Used.VOID;
    }
    RequestFacts facts = link.request().facts();
    Author author = new Author(facts.addressee(), link.organization(), CALLER);
    UseLink command =
        new UseLink(link.request().id(), link.addressing(), facts.addressee(), link.decision());
    return switch (decided(link.organization(), command, author)) {
      case Outcome.Refused<Done>(var refusal) -> throw Statuses.exception(refusal);
      case Outcome.Done<Done>(Done(LinkUse(var outcome, var after), Written written)) ->
          after == null
              ? Used.VOID
              : new Used(outcome, facts(link, after, written.graph()), written);
    };
  }

  /** What a command told, and where. */
  private record Done(LinkUse use, Written written) {}

  private Outcome<Done> decided(OrganizationId organization, UseLink command, Author author)
      throws Exception {
    try {
      return writes.submit(organization, command, author, Done::new, null, () -> false).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The request that a token is for, unless it is void as far as rows tell. */
  private @Nullable LinkedRequest found(String token, Predicate<OrganizationId> reached) {
    byte[] hash = Sha256.of(token.length() > LONGEST_TOKEN ? "" : token);
    LinkedRequest link = requests.linked(hash);
    return link == null
            || link.request().facts().addressing() != link.addressing()
            || link.request().facts().status() == RequestStatus.CANCELLED
            || !reached.test(link.organization())
        ? null
        : link;
  }

  private LinkFacts facts(LinkedRequest link, RequestFacts after, OrgGraph graph) {
    return new LinkFacts(
        link.organization(),
        link.request().id(),
        after,
        link.decision(),
        dashboardName(after, graph),
        requesterName(after, graph));
  }

  private static @Nullable String dashboardName(RequestFacts request, OrgGraph graph) {
    DashboardFacts dashboard = graph.facts().dashboard(request.dashboard());
    return dashboard != null
            && RequestCommands.canView(graph, request.addressee(), request.dashboard())
        ? dashboard.name()
        : null;
  }

  private @Nullable String requesterName(RequestFacts request, OrgGraph graph) {
    if (!RequestCommands.mayManage(graph, request.addressee(), request.dashboard())) {
      return null;
    }
    UserRow requester =
        directory.<@Nullable UserRow>rows(graph.id(), rows -> rows.user(request.requester()));
    Profile profile =
        requester == null || requester.status() == Status.DELETED ? null : requester.profile();
    return profile == null ? null : profile.name();
  }
}
