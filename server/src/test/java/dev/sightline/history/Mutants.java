package dev.sightline.history;

import java.util.List;

/** All mutants. */
final class Mutants {
  static final List<Mutant> ALL =
      List.of(
          Mutant.ofNode(
              "proof-counted-from-after-the-query",
              "cache/Prover.java",
              "return new Proof(heads, sent,",
              "return new Proof(heads, received,",
              "database-slow-then-silent"),
          Mutant.ofNode(
              "load-counted-from-after-the-query",
              "cache/Graphs.java",
              "    long asOf = System.nanoTime();\n"
                  + "    install(graph, loader.load(graph.id()), asOf);",
              "    OrgGraph loaded = loader.load(graph.id());\n"
                  + "    install(graph, loaded, System.nanoTime());",
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
              "cache/Graphs.java",
              "return position.revision() > least.revision()\n",
              "return position.revision() > least.revision() - 2\n"),
          Mutant.ofNode(
              "install-without-the-newest-rule",
              "cache/HeldGraph.java",
              "if (after.revision() < before.revision()) {\n      return held;\n    }",
              "")
              .and(
                  ": new Fresh(graph, candidate.asOf());",
                  ": new Fresh(graph, latest(held.asOf(), candidate.asOf()));"),
          Mutant.ofNode(
              "fully-consistent-joins-a-proof-under-way",
              "cache/Graphs.java",
              "case Requirement.FullyConsistent(long begin) -> fresh.asOf() - begin >= 0;",
              "case Requirement.FullyConsistent(long begin) ->"
                  + " fresh.asOf() - begin >= -20_000_000;"),
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
              "standby-promoted"));

  private Mutants() {}

  static Mutant named(String name) {
    return ALL.stream()
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no mutant " + name));
  }
}
