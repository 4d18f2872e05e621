package dev.sightline.graph;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.model.RequestId;
import dev.sightline.model.SupportRole;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parts that a graph's fingerprint is the sum of: one 64-bit number a fact, so that a change
 * takes one away and adds another, in whatever order facts come.
 *
 * <p>A part is a chain of {@link Xx64}, each step seeded with the one before: the kind of fact, the
 * ids' hashes, the values. INVARIANT: it never changes, for fingerprints are stored; a new kind of
 * fact gets a new number, and a new value of a fact leaves the parts of facts without it as they
 * are. It finds drift (a lost row, a change applied twice), not tampering.
 */
final class Fingerprints {
  private static final long ORGANIZATION = 1;
  private static final long USER = 2;
  private static final long AGENT = 3;
  private static final long TEAM = 4;
  private static final long WORKSPACE = 5;
  private static final long DASHBOARD = 6;
  private static final long ENTRY_OF_USER = 7;
  private static final long ENTRY_OF_TEAM = 8;
  private static final long USER_IN_TEAM = 9;
  private static final long TEAM_IN_TEAM = 10;
  private static final long GRANT = 11;
  private static final long REQUEST = 12;
  private static final long SUBSCRIPTION = 13;

  private static final long ABSENT = -1;

  private Fingerprints() {}

  static long organization(@Nullable OrganizationFacts facts) {
    if (facts == null) {
      return 0;
    }
    return chain(
        Xx64.hash(ORGANIZATION, 0), facts.parent() == null ? ABSENT : text(facts.parent().value()));
  }

  static long user(long id, int packed, long createdAt, long adminSince) {
    return chain(chain(chain(chain(Xx64.hash(USER, 0), id), packed), createdAt), adminSince);
  }

  static long agent(long id, AgentFacts facts) {
    return chain(chain(Xx64.hash(AGENT, 0), id), text(facts.group()));
  }

  static long team(long id) {
    return chain(Xx64.hash(TEAM, 0), id);
  }

  static long workspace(long id) {
    return chain(Xx64.hash(WORKSPACE, 0), id);
  }

  static long dashboard(long id, long name, int packed, long owner, long workspace) {
    long head = chain(chain(Xx64.hash(DASHBOARD, 0), id), name);
    return chain(chain(chain(head, packed), owner), workspace);
  }

  static long entry(long dashboard, boolean ofTeam, long subject, int level, long end) {
    long head = Xx64.hash(ofTeam ? ENTRY_OF_TEAM : ENTRY_OF_USER, 0);
    return chain(chain(chain(chain(head, dashboard), subject), level), end);
  }

  static long membership(long team, boolean ofTeam, long member) {
    return chain(chain(Xx64.hash(ofTeam ? TEAM_IN_TEAM : USER_IN_TEAM, 0), team), member);
  }

  static long grant(long id, GrantFacts facts) {
    long hash = chain(Xx64.hash(GRANT, 0), id);
    hash =
        switch (facts.holder()) {
          case Holder.Group(var name) -> chain(chain(hash, 0), text(name));
          case Holder.Agent(var agent) -> chain(chain(hash, 1), text(agent.value()));
        };
    for (SupportRole role : facts.roles()) {
      hash = chain(hash, role.ordinal());
    }
    for (WorkspaceScope scope : facts.workspaces()) {
      hash = chain(hash, text(scope.workspace().value()));
      hash = chain(hash, scope.role() == null ? ABSENT : scope.role().ordinal());
    }
    return chain(chain(hash, Micros.of(facts.start())), Micros.ofEnd(facts.end()));
  }

  /** A pending request; 0 for none. */
  static long request(RequestId id, @Nullable RequestFacts facts) {
    if (facts == null) {
      return 0;
    }
    long hash =
        chain(chain(Xx64.hash(REQUEST, 0), text(id.value())), text(facts.dashboard().value()));
    hash = chain(chain(hash, text(facts.requester().value())), text(facts.addressee().value()));
    hash = chain(chain(hash, facts.addressing()), Micros.of(facts.madeAt()));
    return chain(hash, Micros.of(facts.end()));
  }

  static long subscription(long dashboard, long user) {
    return chain(chain(Xx64.hash(SUBSCRIPTION, 0), dashboard), user);
  }

  private static long chain(long seed, long word) {
    return Xx64.hash(word, seed);
  }

  private static long text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Xx64.hash(bytes, 0, bytes.length, 0);
  }
}
