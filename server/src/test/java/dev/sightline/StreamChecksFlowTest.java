package dev.sightline;

import static dev.sightline.CheckConversation.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.sightline.TestService.Node;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.StreamChecksResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streamed checks whose caller does not read, or whose database does not answer. */
@Timeout(180)
class StreamChecksFlowTest {
  private static final int WINDOW = 256;

  /** Of the longest ids, so that questions fill the connection's window sooner than answers. */
  private static final String NOBODY = "x".repeat(128);

  /** How long a question waits whose caller sets no deadline. */
  private static final Duration WAIT_OF_ONE = Duration.ofSeconds(30);

  private TestService service;
  private Gate gate;
  private Node node;
  private ManagedChannel own;

  private void start(Duration maxStaleness) {
    service = TestService.start(maxStaleness);
    DatabaseSettings direct = service.settings();
    URI database = URI.create(direct.url().substring("jdbc:".length()));
    gate = new Gate(database.getPort());
    String url = direct.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + gate.port() + "/");
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            null,
            true,
            DatabaseSettings.of(url, direct.user(), direct.password()).withConnections(2, 2),
            maxStaleness,
            DatabaseClock.measured(),
            64 << 20);
    node = new Node(Server.start(settings));
    own =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port())
            .usePlaintext()
            .flowControlWindow(64 << 10)
            .build();
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_VIEWER);
  }

  @AfterEach
  void stop() {
    gate.close();
    own.shutdownNow();
    node.close();
    service.close();
  }

  private boolean unary() {
    return Orgs.view(node, "org", "bo", "d", Consistency.getDefaultInstance()).getAllowed();
  }

  /** Whether nothing more comes in while others are answered: the server is not just slow. */
  private boolean takesNoMore(Wire wire) {
    long takenIn = wire.takenIn();
    for (int i = 0; i < 20; i++) {
      assertTrue(unary());
    }
    return wire.takenIn() == takenIn;
  }

  @Test
  void a_caller_who_does_not_read_is_not_read_from_until_it_does() {
    start(Duration.ofSeconds(20));
    CheckConversation stream = CheckConversation.unread(own);
    stream.ask(question(0, "org", "bo", "d").build());
    stream.read(1);
    stream.next();
    int asked = 1;
    try (Wire wire = Wire.to(node.port())) {
      do {
        for (; stream.isReady(); asked++) {
          assertTrue(asked < 1_000_000, "the server takes in whatever comes");
          stream.ask(question(asked, "", NOBODY, "d").build());
        }
      } while (!takesNoMore(wire) || stream.isReady());
      assertTrue(asked > 6_000, "hardly anything was asked");
      assertTrue(wire.takenIn() < 4_000, () -> "answers of some 96 KiB, and yet " + wire.takenIn());
    }
    stream.read(Integer.MAX_VALUE);
    Set<Long> answered = new TreeSet<>();
    stream.next(asked - 1).forEach(answer -> answered.add(answer.getId()));
    assertEquals(asked - 1, answered.size(), "each once");
    assertTrue(stream.answer(question(-1, "", "bo", "d")).getAllowed());
    assertEquals(List.of(), stream.end());
  }

  @Test
  void no_more_questions_than_the_window_wait_and_those_that_need_not_overtake_them() {
    start(Duration.ofSeconds(20));
    CheckConversation stream = CheckConversation.on(own);
    assertTrue(stream.answer(question(0, "org", "bo", "d")).getAllowed());
    gate.hold();
    int asked = 1;
    for (; asked < 100; asked++) {
      stream.ask(question(asked, "", "bo", "d").setConsistency(Orgs.FULLY_CONSISTENT).build());
    }
    assertTrue(stream.answer(question(-1, "", "bo", "d")).getAllowed());
    for (; asked < 10 * WINDOW; asked++) {
      stream.ask(question(asked, "", "bo", "d").setConsistency(Orgs.FULLY_CONSISTENT).build());
    }
    try (Wire wire = Wire.to(node.port())) {
      while (!takesNoMore(wire)) {
        Thread.onSpinWait();
      }
      assertTrue(wire.takenIn() <= 2 + WINDOW, () -> "taken in: " + wire.takenIn());
      assertTrue(wire.takenIn() > WINDOW / 2, () -> "taken in: " + wire.takenIn());
    }
    assertEquals(0, stream.unclaimed());
    gate.open(gate.target());
    assertEquals(asked - 1, stream.end().size());
  }

  @Test
  void a_stream_that_is_cancelled_waits_for_nothing_any_more(@TempDir Path folder)
      throws IOException {
    start(Duration.ofMinutes(10));
    CheckConversation stream = CheckConversation.on(own);
    assertTrue(stream.answer(question(0, "org", "bo", "d")).getAllowed());
    gate.hold();
    long asked = System.nanoTime();
    for (int id = 1; id <= 100; id++) {
      stream.ask(question(id, "", "bo", "d").setConsistency(Orgs.FULLY_CONSISTENT).build());
    }
    awaitWaiting(folder, 100);
    stream.cancel();
    awaitWaiting(folder, 0);
    assertTrue(
        System.nanoTime() - asked < WAIT_OF_ONE.toNanos(), "they just stopped by themselves");
  }

  @Test
  void a_node_that_stops_answers_what_it_took_in_and_ends_the_streams_in_time()
      throws InterruptedException {
    start(Duration.ofMinutes(10));
    CheckConversation idle = CheckConversation.on(own);
    CheckConversation waiting = CheckConversation.on(own);
    assertTrue(idle.answer(question(0, "org", "bo", "d")).getAllowed());
    assertTrue(waiting.answer(question(0, "org", "bo", "d")).getAllowed());
    gate.hold();
    for (int id = 1; id <= 100; id++) {
      waiting.ask(question(id, "", "bo", "d").setConsistency(Orgs.FULLY_CONSISTENT).build());
    }
    assertTrue(waiting.answer(question(-1, "", "bo", "d")).getAllowed(), "all came in");
    Thread closing = Thread.ofVirtual().start(node.server()::close);
    assertEquals("SERVER_STOPPING", Refusals.reason(idle.closed()));
    assertEquals(0, waiting.unclaimed());
    gate.open(gate.target());
    assertTrue(waiting.next(100).stream().allMatch(StreamChecksResponse::getAllowed));
    assertEquals("SERVER_STOPPING", Refusals.reason(waiting.closed()));
    closing.join();
    assertEquals(0, node.server().checkStreams().count());
  }

  @Test
  void streams_that_ended_are_not_kept() {
    start(Duration.ofSeconds(20));
    CheckConversation ended = CheckConversation.on(own);
    CheckConversation cancelled = CheckConversation.on(own);
    assertTrue(ended.answer(question(0, "org", "bo", "d")).getAllowed());
    assertTrue(cancelled.answer(question(0, "org", "bo", "d")).getAllowed());
    assertEquals(2, node.server().checkStreams().count());
    assertEquals(List.of(), ended.end());
    cancelled.cancel();
    while (node.server().checkStreams().count() > 0) {
      Thread.onSpinWait();
    }
  }

  /** Until so many threads wait on behalf of streams; those that do are virtual. */
  private static void awaitWaiting(Path folder, int count) throws IOException {
    var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    Path dump = folder.resolve("threads");
    int waiting;
    do {
      Files.deleteIfExists(dump);
      diagnostics.dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      waiting = Files.readString(dump).split("CheckStream.awaitAnswer", -1).length - 1;
    } while (waiting != count);
  }

  @Test
  void without_the_database_questions_get_errors_and_with_it_answers_again() {
    Duration bound = Duration.ofSeconds(2);
    start(bound);
    CheckConversation stream = CheckConversation.on(own);
    assertTrue(stream.answer(question(0, "org", "bo", "d")).getAllowed());
    long shut = System.nanoTime();
    gate.shut();
    while (true) {
      long asked = System.nanoTime();
      StreamChecksResponse answer = stream.answer(question(1, "", "bo", "d"));
      if (answer.hasError()) {
        break;
      }
      assertTrue(asked - shut <= bound.toNanos(), "an answer was given on what nobody can know");
    }
    StreamChecksResponse away = stream.answer(question(2, "", "bo", "d"));
    assertTrue(
        Set.of("NOT_FRESH", "STORE_UNAVAILABLE").contains(away.getError().getReason()),
        away::toString);
    gate.open(gate.target());
    while (stream.answer(question(3, "", "bo", "d")).hasError()) {
      Thread.onSpinWait();
    }
    assertTrue(stream.answer(question(4, "", "bo", "d")).getAllowed());
    assertEquals(List.of(), stream.end());
  }
}
