package dev.sightline.history;

import java.util.List;

/** All mutants. */
final class Mutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.ofNode(
              "proof-counted-from-after-the-query",
              "cache/Prover.java",
              "return new Proof(heads, lease.covered(sent),",
              "return new Proof(heads, lease.covered(received),",
              "database-slow-then-silent"),
          Mutant.ofNode(
              "load-counted-from-after-the-query",
              "cache/Graphs.java",
              "    long asOf = System.nanoTime();\n"
                  + "    install(graph, Route.to(loader.load(graph.id())), asOf,",
              "    OrgGraph loaded = loader.load(graph.id());\n"
                  + "    install(graph, Route.to(loaded), System.nanoTime(),",
              "database-slow-at-start"),
          Mutant.ofNode(
              "no-second-look-at-the-clock",
              "cache/Graphs.java",
              "return System.nanoTime() - asOf <= usableNanos;",
              "return true;",
              "node-paused"),
          Mutant.ofNode(
                  "no-first-look-at-the-clock",
                  "cache/Graphs.java",
                  "if (now - fresh.asOf() > usableNanos) {",
                  "if (now - fresh.asOf() > 1_000 * usableNanos) {",
                  "database-line-half-open")
              .and(
                  "return System.nanoTime() - asOf <= usableNanos;",
                  "return System.nanoTime() - asOf <= 1_000 * usableNanos;"),
          Mutant.ofNode(
              "floor-off-by-one",
              "cache/Fresh.java",
              "case Requirement.AtLeast least -> has(least) == KnownLog.Answer.ON_IT ?",
              "case Requirement.AtLeast least -> "
                  + "graph.revision() == least.revision() - 1 ? this "
                  + ": has(least) == KnownLog.Answer.ON_IT ?"),
          Mutant.ofNode(
                  "install-without-the-newest-rule",
                  "cache/HeldGraph.java",
                  "if (after.revision() < before.revision()) {\n      return held;\n    }",
                  "",
                  "database-reads-slow")
              .and(
                  ": new Fresh(graph, candidate.asOf(), candidate.passedMicros(), candidate.log());",
                  ": new Fresh(graph, latest(held.asOf(), candidate.asOf()),"
                      + " candidate.passedMicros(), candidate.log());"),
          Mutant.ofNode(
              "fully-consistent-joins-a-proof-under-way",
              "cache/Fresh.java",
              "case Requirement.FullyConsistent(long begin) -> asOf - begin >= 0 ?",
              "case Requirement.FullyConsistent(long begin) -> asOf - begin >= -100_000_000 ?",
              "database-line-delayed"),
          Mutant.ofNode(
              "ends-in-time-ignored",
              "cache/Graphs.java",
              "if (fresh.graph().nextEnd() == Long.MAX_VALUE) {",
              "if (fresh.graph().nextEnd() > 0) {"),
          Mutant.ofNode(
              "fork-not-noticed",
              "cache/HeldGraph.java",
              "return position.revision() == revision && position.head().equals(hash);",
              "return position.revision() == revision;",
              "database-put-back"),
          Mutant.ofNode(
              "standby-believed",
              "store/Proofs.java",
              "if (rows.getBoolean(1)) {",
              "if (rows.getBoolean(1) && rows.wasNull()) {",
              "standby-promoted"),
          Mutant.ofNode(
              "events-dropped-on-catching-up",
              "watch/Feed.java",
              "reached(Steps.applied(graphHeld(), one, taker));",
              "reached(graphHeld().applied(one.notBefore(graphHeld().position().endedThrough())));"),
          Mutant.ofNode(
              "pong-before-events",
              "watch/Feed.java",
              "    if (held.revision() < head.revision()) {\n      catchUp(",
              "    provenAsOf = later(provenAsOf, head.asOf());\n"
                  + "    if (held.revision() < head.revision()) {\n      catchUp(",
              "database-log-late"),
          Mutant.ofNode(
              "everywhere-without-near-caches",
              "watch/Feeds.java",
              "        kept == null\n            ? CompletableFuture.completedFuture(null)",
              "        kept == null || kept.users() >= 0\n            ? CompletableFuture.completedFuture(null)",
              "client-line-delayed"),
          Mutant.ofClient(
              "fills-not-checked-against-events",
              "NearOrganization.java",
              "if (into.floors.mayHaveChanged(user, dashboard, position)",
              "if (false && into.floors.mayHaveChanged(user, dashboard, position)",
              "client-line-delayed"),
          Mutant.ofClient(
              "lease-counted-from-receipt-of-the-pong",
              "NearPings.java",
              "OptionalLong.of(sent.at() - proof)",
              "OptionalLong.of(System.nanoTime() - proof)",
              "client-line-delayed"),
          Mutant.ofClient(
              "lease-never-lapses",
              "Standing.java",
              "return leased && until - now >= 0;",
              "return leased;",
              "client-paused",
              "client-line-half-open"),
          Mutant.ofClient(
              "own-end-ignored",
              "NearOrganization.java",
              "if (!now.isFresh(at) || found.diesAt - at <= 0) {",
              "if (!now.isFresh(at)) {",
              "client-line-delayed"),
          Mutant.ofClient(
              "resync-keeps-entries",
              "NearOrganization.java",
              "cache.seen().forget(id);\n    }\n    begin(position);",
              "cache.seen().forget(id);\n    }\n"
                  + "    if (generation == null) {\n      begin(position);\n    }",
              "database-put-back"));

  private Mutants() {}

  static Mutant named(String name) {
    return ALL.stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no mutant " + name));
  }
}
