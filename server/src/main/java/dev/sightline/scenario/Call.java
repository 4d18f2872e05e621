package dev.sightline.scenario;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.Actor;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.DashboardServiceGrpc.DashboardServiceBlockingStub;
import dev.sightline.v1.DigestServiceGrpc.DigestServiceBlockingStub;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.sightline.v1.SupportAccessServiceGrpc.SupportAccessServiceBlockingStub;
import dev.sightline.v1.Written;
import java.util.List;
import java.util.function.Consumer;

/**
 * A step on its way to the service.
 *
 * @param conversation what was said in this world before
 * @param organization where the step happens; empty for steps that happen in none
 * @param by who acts, as written: {@code ada} or {@code acme/ada}; empty for nobody
 */
record Call(Conversation conversation, String organization, String by) {
  DirectoryServiceBlockingStub directory() {
    return conversation.directory();
  }

  DashboardServiceBlockingStub dashboards() {
    return conversation.dashboards();
  }

  AccessServiceBlockingStub access() {
    return conversation.access();
  }

  DigestServiceBlockingStub digests() {
    return conversation.digests();
  }

  SupportAccessServiceBlockingStub support() {
    return conversation.support();
  }

  AccessRequestServiceBlockingStub requests() {
    return conversation.requests();
  }

  /** The id that a story names so; the name itself if it names none. */
  String idOf(String name) {
    return conversation.idOf(name);
  }

  /** What the watch was told since the last question about it. */
  List<Told> toldSinceLast() {
    return conversation.toldSinceLast();
  }

  /** What was sent, all that is due by now included. */
  SentMail mail() {
    return conversation.mail();
  }

  /** Who acts; an empty actor for a step that names nobody, for the service to refuse. */
  Actor actor() {
    int slash = by.indexOf('/');
    return Actor.newBuilder()
        .setOrganizationId(slash < 0 ? "" : by.substring(0, slash))
        .setUserId(by.substring(slash + 1))
        .build();
  }

  void ifActor(Consumer<Actor> then) {
    if (!by.isEmpty()) {
      then.accept(actor());
    }
  }

  /** Makes up an idempotency key. */
  String key() {
    return conversation.nextKey();
  }

  /** At least as new as everything that this world has seen of the organization. */
  Consistency consistency() {
    return conversation.seen(organization);
  }

  Value wrote(Written written) {
    return wroteIn(organization, written);
  }

  Value wroteIn(String place, Written written) {
    conversation.see(place, written.getPosition());
    return Value.NOTHING;
  }

  /** Remembers where an answer was decided. */
  void saw(ByteString position) {
    conversation.see(organization, position);
  }
}
