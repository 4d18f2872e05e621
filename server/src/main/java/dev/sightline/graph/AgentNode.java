package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A support agent, with the grants that cover the agent, the one that lasts longest first. */
final class AgentNode extends PersonNode {
  private static final GrantNode[] NONE = {};
  private static final Comparator<GrantNode> LONGEST_FIRST =
      Comparator.comparingLong((GrantNode grant) -> grant.end).reversed();

  final @Nullable AgentFacts facts;

  /** INVARIANT: by descending end, so that a decision stops at the first one that has ended. */
  final GrantNode[] grants;

  private AgentNode(byte[] text, @Nullable AgentFacts facts, GrantNode[] grants) {
    super(text);
    this.facts = facts;
    this.grants = grants;
  }

  static AgentNode gone(byte[] text) {
    return new AgentNode(text, null, NONE);
  }

  AgentNode with(@Nullable AgentFacts facts, Stream<GrantNode> covering) {
    return new AgentNode(text, facts, sorted(covering));
  }

  /** With one grant replaced; either may be null. */
  AgentNode with(@Nullable GrantNode removed, @Nullable GrantNode added) {
    Stream<GrantNode> kept = Arrays.stream(grants).filter(grant -> grant != removed);
    return new AgentNode(text, facts, sorted(Stream.concat(kept, Stream.ofNullable(added))));
  }

  private static GrantNode[] sorted(Stream<GrantNode> grants) {
    return grants.filter(Objects::nonNull).sorted(LONGEST_FIRST).toArray(GrantNode[]::new);
  }

  @Override
  boolean present() {
    return facts != null;
  }

  long fingerprint() {
    return facts == null ? 0 : Fingerprints.agent(stableHash(), facts);
  }

  @Override
  long weightInBytes() {
    return 24 + arrayWeight(text.length, 1) + arrayWeight(grants.length, 4) + 64;
  }
}
