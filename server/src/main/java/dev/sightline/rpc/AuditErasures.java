package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.command.Actor;
import dev.sightline.command.ErasureCommands;
import dev.sightline.command.JointWrites;
import dev.sightline.command.Written;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.ErasureReads;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.ErasePersonalDataResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has what is personal erased, in one organization or, for a user of a root, in its realm. */
final class AuditErasures {
  private final WriteCalls writes;
  private final JointWrites joint;
  private final ErasureReads reads;

  AuditErasures(WriteCalls writes, JointWrites joint, ErasureReads reads) {
    this.writes = writes;
    this.joint = joint;
    this.reads = reads;
  }

  /** Erases for somebody who may, as has been seen; decided again under the lock. Blocks. */
  void erase(
      ErasePersonalDataRequest request,
      AuditAccess access,
      StreamObserver<ErasePersonalDataResponse> observer) {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    UserId user = Requests.user("user_id", request.getUserId());
    List<OrganizationId> portals = user.isAgent() ? List.of() : portals(organization, user);
    Actor actor = access.actor();
    if (!portals.isEmpty()) {
      eraseInRealm(
          request,
          new ErasureCommands.EraseInRealm(organization, actor, user, portals),
          author(actor),
          observer);
    } else if (actor == null) {
      writes.operate(
          observer,
          request,
          organization,
          new ErasureCommands.Erase(null, user),
          AuditErasures::erased,
          ErasePersonalDataResponse.parser());
    } else {
      writes.write(
          observer,
          request,
          who -> new ErasureCommands.Erase(who, user),
          AuditErasures::erased,
          ErasePersonalDataResponse.parser());
    }
  }

  /** Where else something is kept; only of somebody who is DELETED it is known for good. */
  private List<OrganizationId> portals(OrganizationId organization, UserId user) {
    ErasureReads.Found found = reads.user(organization, user);
    if (found.status() == null) {
      throw Statuses.exception(
          Refusal.of(
              Reason.USER_NOT_FOUND, "There is no user " + user + ".", "user", user.value()));
    }
    if (found.status() != Status.DELETED) {
      throw Statuses.exception(ErasureCommands.notDeleted(user));
    }
    return found.portals();
  }

  private static Author author(@Nullable Actor actor) {
    Caller caller = Callers.current();
    return actor == null ? new Author(null, null, caller.tokenId()) : WriteCalls.author(actor);
  }

  /** Whoever may erase in the root may do so for what the same person said elsewhere. */
  private void eraseInRealm(
      ErasePersonalDataRequest request,
      ErasureCommands.EraseInRealm command,
      Author author,
      StreamObserver<ErasePersonalDataResponse> observer) {
    var _ =
        joint
            .submit(
                command,
                author,
                (values, written) -> erased(values, ofRoot(written, command)),
                WriteCalls.idempotency(request, ErasePersonalDataResponse.parser()),
                Context.current()::isCancelled)
            .whenComplete((outcome, failure) -> WriteCalls.tell(observer, outcome, failure));
  }

  private static Written ofRoot(
      Map<OrganizationId, Written> written, ErasureCommands.EraseInRealm command) {
    return Objects.requireNonNull(written.get(command.root()), "root");
  }

  private static ErasePersonalDataResponse erased(int values, Written written) {
    return ErasePersonalDataResponse.newBuilder()
        .setErasedValues(values)
        .setWritten(WriteCalls.written(written))
        .build();
  }
}
