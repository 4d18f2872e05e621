package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.command.UserCommands.NewUser;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What operators do about organizations. */
public final class OrganizationCommands {
  private OrganizationCommands() {}

  /** Makes an organization with its first ADMIN. */
  public record Create(String name, @Nullable OrganizationId parent, NewUser admin)
      implements Command<CreateResult> {
    public Create {
      if (admin.role() != Role.ADMIN) {
        throw new IllegalArgumentException("the first admin is an ADMIN");
      }
    }

    @Override
    public Decision<CreateResult> decide(Situation situation) {
      OrganizationId id = situation.graph().id();
      boolean taken = situation.graph().organization() != null;
      OrganizationId root = parent == null ? id : situation.facts().rootOf(parent);
      if (root == null) {
        return refused(Stages.unknownOrganization(Objects.requireNonNull(parent)));
      }
      Refusal used = Stages.unused(taken, "organization", id.value());
      if (used != null) {
        return refused(used);
      }
      OrganizationFacts facts = new OrganizationFacts(name, parent);
      List<Change> changes = new ArrayList<>();
      changes.add(new OrganizationChanged(null, facts));
      changes.addAll(admin.changes(Status.ACTIVE, situation.now()));
      return accepted(
          changes, new CreateResult(facts, root, admin.result(Status.ACTIVE, situation.now())));
    }
  }

  /** An organization that was made, and its first admin. */
  public record CreateResult(
      OrganizationFacts facts, OrganizationId root, UserCommands.UserResult admin) {}

  /** Brings a whole organization in, as its first revision: visible at once, or not at all. */
  public record Import(ImportDraft draft) implements Command<OrganizationId> {
    @Override
    public Decision<OrganizationId> decide(Situation situation) {
      OrganizationId id = situation.graph().id();
      OrganizationId parent = draft.parent();
      if (parent != null && situation.facts().rootOf(parent) == null) {
        return refused(Stages.unknownOrganization(parent));
      }
      Refusal refusal =
          first(() -> situation.graph().organization() == null ? null : exists(id), draft::whole);
      return refusal != null ? refused(refusal) : accepted(draft.changes(), id);
    }

    private static Refusal exists(OrganizationId id) {
      return Refusal.of(
          Reason.ORGANIZATION_EXISTS,
          "Organization %s is there already; an import makes a new one. Choose another id."
              .formatted(id),
          "organization",
          id.value());
    }
  }
}
