package dev.sightline.rpc;

import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Because;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.SupportReads;
import dev.sightline.store.SupportReads.Active;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When support agents were last active, noted in memory and written now and then: no check waits
 * for it, and a check of anybody else pays one comparison of numbers.
 *
 * <p>Noted are agents whom an organization knows, so the memory is bounded by those.
 */
public final class AgentActivity {
  /** How often it should be written. */
  public static final Duration PERIOD = Duration.ofMinutes(1);

  private final SupportReads store;
  private final InstantSource time;
  private final ConcurrentHashMap<Where, Instant> noted = new ConcurrentHashMap<>();

  public AgentActivity(SupportReads store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  private record Where(OrganizationId organization, String agent) {}

  /** Notes whoever was decided about, if it is an agent. */
  void decided(OrganizationId organization, String person, int decision) {
    if (AccessRules.because(decision) == Because.SUPPORT_GRANT) {
      noted.put(new Where(organization, person), time.instant());
    }
  }

  /** Notes whoever asked for a list, by ordinal, if it is an agent; -1 for nobody. */
  void listed(OrgGraph graph, int person) {
    if (person >= 0 && graph.person(person).isAgent()) {
      acted(graph.id(), graph.person(person));
    }
  }

  /** Notes an agent whom the organization knows. */
  void acted(OrganizationId organization, UserId agent) {
    noted.put(new Where(organization, agent.value()), time.instant());
  }

  /** Writes what was noted; if that fails, it is kept for the next time. */
  public void write() {
    List<Active> active = new ArrayList<>();
    for (Map.Entry<Where, Instant> one : noted.entrySet()) {
      if (noted.remove(one.getKey(), one.getValue())) {
        active.add(
            new Active(
                one.getKey().organization(), new UserId(one.getKey().agent()), one.getValue()));
      }
    }
    if (active.isEmpty()) {
      return;
    }
    try {
      store.noteActive(active);
    } catch (RuntimeException e) {
      active.forEach(one ->
          noted.merge(
              new Where(one.organization(), one.agent().value()), one.at(), AgentActivity::later));
      throw e;
    }
  }

  /** When agents were last active, what has not been written yet included. */
  Map<UserId, Instant> last(OrganizationId organization) {
    Map<UserId, Instant> last = new HashMap<>(store.lastActive(organization));
    noted.forEach((where, at) -> {
      if (where.organization().equals(organization)) {
        last.merge(new UserId(where.agent()), at, AgentActivity::later);
      }
    });
    return last;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
