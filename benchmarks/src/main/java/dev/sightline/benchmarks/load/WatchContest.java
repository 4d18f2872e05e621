package dev.sightline.benchmarks.load;

import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Revocations and who is told of them, beside calls and messages that mean nothing. */
final class WatchContest {
  private final Target bare;
  private final Target sightline;
  private final String token;
  private final WatchLoadPlan plan;
  private final Kind<EchoRequest, EchoResponse> echo = new Kinds().echo();
  private final Revoker revoker;
  private final Revoker bareRevoker;
  private volatile CompletableFuture<Long> told = new CompletableFuture<>();

  /**
   * @param token lets its holder ask and watch; it is sent to the bare server, too
   */
  WatchContest(Target bare, Target sightline, String token, WatchLoadPlan plan) {
    this.bare = bare;
    this.sightline = sightline;
    this.token = token;
    this.plan = plan;
    revoker = new Revoker(sightline.operator());
    bareRevoker = new Revoker(bare.operator());
  }

  /** One watcher on a connection of its own, beside the one that writes and calls Echo. */
  List<RevocationRound> revocations() {
    List<RevocationRound> rounds = new ArrayList<>();
    Lookout lookout =
        Lookout.open(sightline.connection(token), () -> told.complete(System.nanoTime()));
    lookout.awaitStarted();
    // The first does not count.
    var _ = revocationRound();
    for (int round = 1; round <= plan.revocationRounds(); round++) {
      rounds.add(revocationRound());
    }
    lookout.close();
    lookout.awaitClosed();
    return rounds;
  }

  private RevocationRound revocationRound() {
    Caller caller = sightline.operator();
    int count = plan.revocations();
    var round =
        new RevocationRound(new Times(count), new Times(count), new Times(count), new Times(count));
    for (int i = 0; i < count; i++) {
      revoker.grant();
      CompletableFuture<Long> event = new CompletableFuture<>();
      told = event;
      long begin = System.nanoTime();
      long answeredAt = revoker.revoke().join();
      long toldAt = event.join();
      round.answer().add(answeredAt - begin);
      round.told().add(toldAt - begin);
      round.behind().add(toldAt - answeredAt);

      EchoRequest request = echo.requests().get(i);
      long echoBegin = System.nanoTime();
      round.echo().add(caller.answeredAt(echo, request).join() - echoBegin);
    }
    return round;
  }

  /** What watches take on connections that are there already. */
  List<MemoryRound> memory() throws IOException {
    List<MemoryRound> rounds = new ArrayList<>();
    List<Caller> connections = connections(sightline);
    List<Caller> bareConnections = connections(bare);
    // The first of each do not count: they load classes, and whatever is made once.
    var _ = bytesPerWatch(sightline, connections);
    var _ = bytesPerWatch(bare, bareConnections);
    for (int round = 1; round <= plan.memoryRounds(); round++) {
      rounds.add(
          new MemoryRound(
              bytesPerWatch(sightline, connections), bytesPerWatch(bare, bareConnections)));
    }
    return rounds;
  }

  private double bytesPerWatch(Target target, List<Caller> connections) throws IOException {
    // Behind the end of what was open before.
    connections.forEach(this::echo);
    long before = target.heapBytes();
    try (Crowd _ = Crowd.open(connections, plan.watches())) {
      return (target.heapBytes() - before) / (double) plan.watches();
    }
  }

  /** A revocation that concerns all who watch, and an empty message to each. */
  List<TellingRound> tellings() throws InterruptedException {
    List<TellingRound> rounds = new ArrayList<>();
    try (Crowd watching = Crowd.open(connections(sightline), plan.watches());
        Crowd waiting = Crowd.open(connections(bare), plan.watches())) {
      for (int i = 0; i < plan.warmUps() + plan.tellings(); i++) {
        var round = new TellingRound(watching.tell(revoker), waiting.tell(bareRevoker));
        if (i >= plan.warmUps()) {
          rounds.add(round);
        }
      }
    }
    return rounds;
  }

  private List<Caller> connections(Target target) {
    List<Caller> connections =
        Stream.generate(() -> target.connection(token)).limit(plan.connections()).toList();
    connections.forEach(this::echo);
    return connections;
  }

  /** Connects, if that is still to be done. */
  private void echo(Caller connection) {
    connection.answeredAt(echo, echo.requests().getFirst()).join();
  }
}
