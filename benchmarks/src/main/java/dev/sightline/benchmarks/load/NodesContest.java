package dev.sightline.benchmarks.load;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Revocations on one node, and who is told of them by another. */
final class NodesContest {
  private static final Consistency PROVEN =
      Consistency.newBuilder().setFullyConsistent(true).build();

  private final Revoker revoker;
  private final Caller other;
  private final Caller watching;
  private final WatchLoadPlan plan;
  private final Kind<EchoRequest, EchoResponse> echo = new Kinds().echo();
  private final Kind<CanViewRequest, CanViewResponse> canView = new Kinds().canView();
  private volatile CompletableFuture<Long> told = new CompletableFuture<>();

  /**
   * Of two nodes on one database.
   *
   * @param token lets its holder ask and watch
   */
  NodesContest(Target one, Target other, String token, WatchLoadPlan plan) {
    this.revoker = new Revoker(one.operator());
    this.other = other.caller(token);
    this.watching = other.connection(token);
    this.plan = plan;
  }

  /** One watcher on a connection of its own. */
  List<NodesRound> rounds() {
    List<NodesRound> rounds = new ArrayList<>();
    Lookout lookout = Lookout.open(watching, () -> told.complete(System.nanoTime()));
    lookout.awaitStarted();
    // The first does not count.
    var _ = round();
    for (int round = 1; round <= plan.revocationRounds(); round++) {
      rounds.add(round());
    }
    lookout.close();
    lookout.awaitClosed();
    return rounds;
  }

  private NodesRound round() {
    int count = plan.revocations();
    var round = new NodesRound(new Times(count), new Times(count), new Times(count));
    for (int i = 0; i < count; i++) {
      revoker.grant();
      CompletableFuture<Long> event = new CompletableFuture<>();
      told = event;
      long answeredAt = revoker.revoke().join();
      round.behind().add(event.join() - answeredAt);
      round.echo().add(time(echo, echo.requests().get(i)));
      round.proven().add(time(canView, proven(i)));
    }
    return round;
  }

  private CanViewRequest proven(int number) {
    return canView.requests().get(number).toBuilder().setConsistency(PROVEN).build();
  }

  private <Q, S> long time(Kind<Q, S> kind, Q request) {
    long begin = System.nanoTime();
    return other.answeredAt(kind, request).join() - begin;
  }
}
