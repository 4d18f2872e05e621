package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.AuditFilter;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.SearchAuditRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searching a log finds what looking at every record of it finds. */
@Timeout(300)
class AuditSearchTest {
  private static final long SEED = Long.getLong("sightline.seed", System.nanoTime());
  private static final List<String> KINDS =
      List.of(
          "ORGANIZATION",
          "USER",
          "PROFILE",
          "TEAM",
          "MEMBERSHIP",
          "WORKSPACE",
          "DASHBOARD",
          "ENTRY",
          "ESTATE",
          "GRANT");

  private static TestService service;
  private static Node node;
  private static AuditHistory history;
  private static List<AuditRecord> all;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    history = new AuditHistory(node, "acme", new Random(SEED));
    history.play(120);
    all = history.all();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void every_record_is_found_once_in_order_with_what_was_before_and_after() {
    assertTrue(all.size() > 60, () -> "a short history: " + all.size());
    for (int i = 1; i < all.size(); i++) {
      AuditRecord before = all.get(i - 1);
      AuditRecord now = all.get(i);
      boolean continues =
          now.getRevision() == before.getRevision() && now.getNumber() == before.getNumber() + 1;
      boolean begins = now.getRevision() == before.getRevision() + 1 && now.getNumber() == 0;
      assertTrue(continues || begins, "revisions and numbers leave nothing out");
      assertTrue(now.getAtMicros() >= before.getAtMicros(), "time does not go back");
    }
    AuditRecord profile =
        all.stream()
            .filter(record -> record.getKind().equals("PROFILE"))
            .filter(record -> record.getRecord().contains("\"user\":\"cy\""))
            .findFirst()
            .orElseThrow();
    assertEquals("null", profile.getBefore());
    assertEquals(
        "{\"email\":\"cy@example.org\",\"name\":\"Name of cy\",\"title\":\"\"}",
        profile.getAfter());
    assertEquals(
        List.of("after.email", "after.name", "after.title"),
        profile.getPersonalList().stream().map(value -> value.getField()).toList());
    assertFalse(profile.getRecord().contains("cy@example.org"), "the log only commits to it");
    assertEquals("ada", profile.getActorId());
    assertEquals("acme", profile.getActorOrganizationId());
    assertEquals("local", profile.getCaller());
  }

  @Test
  void filters_find_what_looking_at_every_record_finds() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 150; i++) {
      AuditFilter filter = filter(random);
      boolean oldestFirst = random.nextBoolean();
      List<AuditRecord> expected =
          (oldestFirst ? all : all.reversed())
              .stream().filter(record -> lets(filter, record)).toList();
      List<AuditRecord> found = history.search(filter, oldestFirst, 1 + random.nextInt(40));
      assertEquals(places(expected), places(found), () -> "seed " + SEED + ": " + filter);
    }
  }

  private static AuditFilter filter(Random random) {
    var filter = AuditFilter.newBuilder();
    if (random.nextInt(4) == 0) {
      filter.setActorId(one(AuditHistory.USERS, random));
    }
    if (random.nextInt(3) == 0) {
      filter.setUserId(one(AuditHistory.USERS, random));
    }
    if (random.nextInt(6) == 0) {
      filter.setTeamId(one(AuditHistory.TEAMS, random));
    }
    if (random.nextInt(4) == 0) {
      filter.setDashboardId(one(AuditHistory.DASHBOARDS, random));
    }
    if (random.nextInt(4) == 0) {
      filter.setKind(one(KINDS, random));
    }
    if (random.nextInt(5) == 0) {
      filter.setFromMicros(all.get(random.nextInt(all.size())).getAtMicros() + random.nextInt(2));
    }
    if (random.nextInt(5) == 0) {
      filter.setToMicros(all.get(random.nextInt(all.size())).getAtMicros() + random.nextInt(2));
    }
    if (random.nextInt(5) == 0) {
      filter.setFromRevision(1 + random.nextInt(all.size()));
    }
    if (random.nextInt(5) == 0) {
      filter.setThroughRevision(1 + random.nextInt(all.size()));
    }
    return filter.build();
  }

  private static String one(List<String> among, Random random) {
    return among.get(random.nextInt(among.size()));
  }

  /** On the record's text: as plain as can be. */
  private static boolean lets(AuditFilter filter, AuditRecord record) {
    String text = record.getRecord();
    return (filter.getActorId().isEmpty()
            || text.contains("\"actor\":\"" + filter.getActorId() + "\""))
        && (filter.getUserId().isEmpty() || namesUser(text, filter.getUserId()))
        && (filter.getTeamId().isEmpty()
            || text.contains("\"team\":\"" + filter.getTeamId() + "\""))
        && (filter.getDashboardId().isEmpty()
            || text.contains("\"dashboard\":\"" + filter.getDashboardId() + "\"")
            || text.matches(".*\"dashboards\":\\[[^]]*\"" + filter.getDashboardId() + "\".*"))
        && (filter.getKind().isEmpty() || text.contains("\"kind\":\"" + filter.getKind() + "\""))
        && record.getAtMicros() >= filter.getFromMicros()
        && (filter.getToMicros() == 0 || record.getAtMicros() < filter.getToMicros())
        && record.getRevision() >= filter.getFromRevision()
        && (filter.getThroughRevision() == 0
            || record.getRevision() <= filter.getThroughRevision());
  }

  private static boolean namesUser(String text, String user) {
    return text.contains("\"user\":\"" + user + "\"")
        || text.contains("\"owner\":\"" + user + "\"")
        || text.contains("\"before\":\"" + user + "\"")
        || text.contains("\"after\":\"" + user + "\"");
  }

  private static String places(List<AuditRecord> records) {
    return records.stream()
        .map(record -> record.getRevision() + "." + record.getNumber())
        .collect(Collectors.joining(" "));
  }

  @Test
  void a_page_token_goes_on_only_with_the_list_that_gave_it() {
    var request =
        SearchAuditRequest.newBuilder()
            .setOrganizationId("acme")
            .setActor(Orgs.actor("ada"))
            .setPageSize(3);
    var first = AuditHistory.audit(node).searchAudit(request.build());
    request.setPageToken(first.getNextPageToken());
    assertEquals(3, AuditHistory.audit(node).searchAudit(request.build()).getRecordsCount());
    for (var other :
        List.of(
            request.clone().setOldestFirst(true),
            request.clone().setActor(Orgs.actor("bo")),
            request.clone().setFilter(AuditFilter.newBuilder().setKind("USER")),
            request.clone().setPageToken("AAAA"))) {
      assertRefused(
          INVALID_ARGUMENT,
          "INVALID_PAGE_TOKEN",
          () -> AuditHistory.audit(node).searchAudit(other.build()));
    }
  }

  @Test
  void no_page_is_too_large_for_a_caller_and_a_record_that_is_comes_cut_but_is_exported_whole() {
    int owned = 36_000;
    Imports.owning(node, "vast", "owner", owned);
    var vast = new AuditHistory(node, "vast", new Random(SEED));
    var _ = vast.delete("owner");
    ManagedChannel usual =
        NettyChannelBuilder.forAddress("127.0.0.1", node.port()).usePlaintext().build();
    try {
      var audit = AuditServiceGrpc.newBlockingStub(usual);
      var request = SearchAuditRequest.newBuilder().setOrganizationId("vast").setPageSize(1_000);
      var estates = request.clone().setFilter(AuditFilter.newBuilder().setKind("ESTATE"));
      AuditRecord estate = audit.searchAudit(estates.build()).getRecords(0);
      assertTrue(estate.getCut());
      String end = estate.getRecord().substring(estate.getRecord().length() - 40);
      assertTrue(end.matches(".*… cut: \\d{7} bytes in all"), end);
      assertEquals("\"owner\"", estate.getBefore());
      int found = 0;
      do {
        var page = audit.searchAudit(request.build());
        assertTrue(page.getSerializedSize() <= (1 << 20) + 1_000, "a page is about a MiB");
        found += page.getRecordsCount();
        request.setPageToken(page.getNextPageToken());
      } while (found < 5_000 && !request.getPageToken().isEmpty());
      assertTrue(found >= 5_000, "pages go on");
    } finally {
      usual.shutdownNow();
    }
    String exported = vast.export(AuditFormat.AUDIT_FORMAT_JSON_LINES, false, 2, 0);
    assertTrue(exported.contains(Imports.owned(owned - 1)), "the export holds the whole record");
  }

  @Test
  void what_cannot_be_is_refused() {
    assertInvalid("MALFORMED_REQUEST", AuditFilter.newBuilder().setKind("entry"));
    assertInvalid("MALFORMED_ID", AuditFilter.newBuilder().setDashboardId("a b"));
    assertInvalid("MALFORMED_ID", AuditFilter.newBuilder().setUserId("x:y"));
    assertInvalid("OUT_OF_RANGE", AuditFilter.newBuilder().setFromMicros(-1));
    assertInvalid("OUT_OF_RANGE", AuditFilter.newBuilder().setThroughRevision(-1));
    assertEquals(
        List.of(),
        history.search(AuditFilter.newBuilder().setKind("NO_SUCH_KIND").build(), false, 10));
  }

  private static void assertInvalid(String reason, AuditFilter.Builder filter) {
    assertRefused(INVALID_ARGUMENT, reason, () -> history.search(filter.build(), false, 10));
  }
}
