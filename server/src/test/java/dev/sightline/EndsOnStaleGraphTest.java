package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.change.Instants;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.GetRequestAccessScreenRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.RequestStanding;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateAccessRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Something ends by itself while a node knows of an older revision than there is. */
class EndsOnStaleGraphTest {
  private static final Duration BOUND = Duration.ofSeconds(4);
  private static final Duration LASTING = Duration.ofMillis(1_500);

  private final Leading clock = new Leading();
  private TestService service;
  private Gate gate;
  private Node writer;
  private Node reader;

  /** An estimate that is ahead of the database's clock by as much as one likes. */
  private static final class Leading implements DatabaseClock {
    private final DatabaseClock measured = DatabaseClock.measured();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile Duration lead = Duration.ZERO;
    private volatile int only = -1;

    /** Has it be ahead for one reading alone, so many from now. */
    void leadAt(int reading) {
      readings.set(0);
      only = reading;
    }

    @Override
    public long microsAt(long nanoTime) {
      long micros = measured.microsAt(nanoTime);
      boolean leads = only < 0 || readings.getAndIncrement() == only;
      return micros == UNKNOWN || !leads ? micros : micros + lead.toNanos() / 1_000;
    }

    @Override
    public long measured(long sentNanos, long receivedNanos, Instant time) {
      return measured.measured(sentNanos, receivedNanos, time);
    }
  }

  @BeforeEach
  void start() {
    service = TestService.start(BOUND);
    writer = service.node();
    gate = new Gate(Gate.port(service.settings()));
    reader =
        new Node(
            Server.start(
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    null,
                    true,
                    gate.through(service.settings()),
                    BOUND,
                    clock,
                    64 << 20)));
    Orgs.create(writer, "org", "ada");
    Orgs.add(writer, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(writer, "org", "ada", "d", Level.LEVEL_VIEWER);
  }

  @AfterEach
  void stop() {
    gate.open(gate.target());
    reader.close();
    gate.close();
    service.close();
  }

  private static UpdateAccessRequest.Builder change() {
    return UpdateAccessRequest.newBuilder()
        .setOrganizationId("org")
        .setActor(Orgs.actor("ada"))
        .setDashboardId("d");
  }

  /**
   * Bo is shut out by an entry, and once that has ended by the default: there is no time between.
   *
   * @return where the reader knows of the entry
   */
  private ByteString shutOut() {
    var shutOut =
        EntryToSet.newBuilder()
            .setUserId("bo")
            .setLevel(Level.LEVEL_NONE)
            .setExpiresInMicros(LASTING.toNanos() / 1_000);
    var _ = writer.dashboards.updateAccess(change().addSet(shutOut).build());
    CanViewResponse known = Orgs.view(reader, "org", "bo", "d", Orgs.FULLY_CONSISTENT);
    assertFalse(known.getAllowed());
    return known.getPosition();
  }

  /** What the default was is taken away, which the reader cannot know any more. */
  private void takeAwayUnseen() {
    gate.hold();
    var _ = writer.dashboards.updateAccess(change().setCompanyDefault(Level.LEVEL_NONE).build());
  }

  @Test
  void what_has_ended_does_not_bring_back_what_was_taken_away_before() {
    var _ = shutOut();
    takeAwayUnseen();
    assertNeverAllowed();
  }

  @Test
  void nor_does_it_where_the_time_is_thought_to_be_later_than_it_was_to_the_proof() {
    var _ = shutOut();
    takeAwayUnseen();
    clock.lead = LASTING.multipliedBy(2);
    assertNeverAllowed();
  }

  @Test
  void nor_does_a_position_of_a_later_time_that_somebody_has_made_up() throws Exception {
    byte[] later = shutOut().toByteArray();
    // Version, revision, then the time; as PositionToken has it.
    ByteBuffer bytes = ByteBuffer.wrap(later);
    bytes.putLong(9, bytes.getLong(9) + LASTING.plusMillis(300).toNanos() / 1_000);
    var asked =
        CompletableFuture.supplyAsync(
            () -> Orgs.view(reader, "org", "bo", "d", Orgs.atLeast(ByteString.copyFrom(later))));
    Thread.sleep(LASTING.dividedBy(3)); // It is proved, and waits for the time.
    takeAwayUnseen();
    var failed = assertThrows(ExecutionException.class, () -> asked.get(1, TimeUnit.MINUTES));
    assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(failed).getCode(), failed::toString);
  }

  @Test
  void nor_does_such_a_position_have_what_follows_it_end_sooner() throws Exception {
    byte[] later =
        Orgs.view(reader, "org", "bo", "d", Orgs.FULLY_CONSISTENT).getPosition().toByteArray();
    ByteBuffer bytes = ByteBuffer.wrap(later);
    long now = Instants.micros(Instant.now());
    // Further ahead than the bound is refused.
    bytes.putLong(9, now + BOUND.minusMillis(200).toNanos() / 1_000);
    clock.lead = LASTING.multipliedBy(4);
    var asked =
        CompletableFuture.supplyAsync(
            () -> Orgs.view(reader, "org", "bo", "d", Orgs.atLeast(ByteString.copyFrom(later))));
    // Answered only once that time has come; this long it may take to find that out.
    assertThrows(TimeoutException.class, () -> asked.get(500, TimeUnit.MILLISECONDS));
    clock.lead = Duration.ZERO;
    var _ = shutOut();
    var _ = asked.get(1, TimeUnit.MINUTES);
  }

  /** Between finding the graph and deciding, the clock is thought to have gone on. */
  @Test
  void nor_does_it_for_who_looks_at_what_they_may_ask_for() {
    var _ =
        writer.dashboards.updateAccess(
            change()
                .addSet(
                    EntryToSet.newBuilder()
                        .setUserId("bo")
                        .setLevel(Level.LEVEL_NONE)
                        .setExpiresInMicros(TimeUnit.MINUTES.toMicros(10)))
                .build());
    clock.leadAt(Integer.MAX_VALUE);
    clock.lead = Duration.ofMinutes(20);
    var requests = AccessRequestServiceGrpc.newBlockingStub(reader.channel);
    for (int reading = 0; reading < 10; reading++) {
      clock.leadAt(reading);
      var screen =
          requests.getRequestAccessScreen(
              GetRequestAccessScreenRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("bo"))
                  .setDashboardId("d")
                  .build());
      assertEquals(RequestStanding.REQUEST_STANDING_MAY_ASK, screen.getStanding());
    }
  }

  /** Asks until the node knows too little to answer. */
  private void assertNeverAllowed() {
    long begin = System.nanoTime();
    while (true) {
      try {
        boolean allowed =
            Orgs.view(reader, "org", "bo", "d", Consistency.getDefaultInstance()).getAllowed();
        assertFalse(allowed, "at no time was bo allowed to");
      } catch (StatusRuntimeException unproved) {
        assertEquals(Status.Code.UNAVAILABLE, unproved.getStatus().getCode(), unproved::toString);
        return;
      }
      assertTrue(System.nanoTime() - begin < 2 * BOUND.toNanos(), "still answered");
    }
  }
}
