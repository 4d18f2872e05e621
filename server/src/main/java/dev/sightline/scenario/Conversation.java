package dev.sightline.scenario;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DashboardServiceGrpc.DashboardServiceBlockingStub;
import dev.sightline.v1.DigestServiceGrpc;
import dev.sightline.v1.DigestServiceGrpc.DigestServiceBlockingStub;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.SupportAccessServiceGrpc;
import dev.sightline.v1.SupportAccessServiceGrpc.SupportAccessServiceBlockingStub;
import io.grpc.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything said to one world, and the watch over all of it that is open from the first word.
 *
 * <p>Positions are opaque, and the last one seen is the highest: each question demands at least the
 * one before, and a write comes after everything. So every question also tries whether writes are
 * read back.
 */
final class Conversation {
  /** Long enough for a cold start; a call that hangs is a difference, not a hanging player. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScenarioWorld world;
  private final Channel channel;
  private final SentMail mail;
  private final OpenWatch watch;
  private final Map<String, ByteString> positions = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private int keys;

  Conversation(ScenarioWorld world) {
    this.world = world;
    this.channel = world.channel();
    this.mail = new SentMail(MailServiceGrpc.newBlockingStub(channel));
    this.watch = OpenWatch.of(channel, PATIENCE);
  }

  DirectoryServiceBlockingStub directory() {
    return DirectoryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  DashboardServiceBlockingStub dashboards() {
    return DashboardServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  AccessServiceBlockingStub access() {
    return AccessServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  DigestServiceBlockingStub digests() {
    return DigestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  SupportAccessServiceBlockingStub support() {
    return SupportAccessServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  AccessRequestServiceBlockingStub requests() {
    return AccessRequestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
  }

  /** Remembers the id that a step's {@code as} names. */
  void name(String name, Value id) {
    if (id instanceof Value.Text(var text)) {
      names.put(name, text);
    }
  }

  /** The id that a story names so; the name itself if it names none. */
  String idOf(String name) {
    return names.getOrDefault(name, name);
  }

  /** What the watch was told since the last call, everything that was said before it included. */
  List<Told> toldSinceLast() {
    return watch.toldSinceLast();
  }

  /** What was sent, all that is due by now included. */
  SentMail mail() {
    world.catchUp();
    return mail;
  }

  String nextKey() {
    return "step-" + ++keys;
  }

  /** Notes a position; an unknown organization has none. */
  void see(String organization, ByteString position) {
    if (!position.isEmpty()) {
      positions.put(organization, position);
    }
  }

  Consistency seen(String organization) {
    var position = positions.get(organization);
    return position == null
        ? Consistency.getDefaultInstance()
        : Consistency.newBuilder().setAtLeast(position).build();
  }
}
