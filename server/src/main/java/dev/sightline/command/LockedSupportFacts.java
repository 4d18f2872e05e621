package dev.sightline.command;

import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.model.GrantId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import dev.sightline.store.AgentRows.AgentRow;
import dev.sightline.store.OrganizationTransaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts around vendor support as the rows have them while the organization is locked. */
record LockedSupportFacts(OrganizationTransaction transaction) implements SupportFacts {
  @Override
  public @Nullable RegisteredAgent agent(UserId agent) {
    AgentRow row = transaction.agents().held(agent);
    return row == null ? null : registered(row);
  }

  @Override
  public List<RegisteredAgent> members(String group) {
    return transaction.agents().heldGroup(group).stream()
        .map(LockedSupportFacts::registered)
        .toList();
  }

  @Override
  public Map<UserId, RegisteredAgent> agents(Collection<UserId> agents) {
    Map<UserId, RegisteredAgent> found = new HashMap<>();
    transaction.agents().agents(agents).forEach((id, row) -> found.put(id, registered(row)));
    return found;
  }

  private static RegisteredAgent registered(AgentRow row) {
    return new RegisteredAgent(row.id(), row.email(), row.group(), row.removed());
  }

  @Override
  public boolean wasUsed(GrantId grant) {
    return !transaction.rows().usedGrants(List.of(grant)).isEmpty();
  }

  @Override
  public boolean wasGranted(GrantId grant) {
    return transaction.rows().hasGrant(grant);
  }

  @Override
  public Map<WorkspaceId, String> names(Collection<WorkspaceId> workspaces) {
    Map<WorkspaceId, String> names = new HashMap<>();
    transaction.rows().workspaces(workspaces).forEach((id, row) -> names.put(id, row.name()));
    return names;
  }

  @Override
  public SupportPolicy policy() {
    return transaction.around().supportPolicy();
  }

  @Override
  public @Nullable SupportRequestFacts request(UserId agent) {
    return transaction.around().supportRequest(agent);
  }
}
