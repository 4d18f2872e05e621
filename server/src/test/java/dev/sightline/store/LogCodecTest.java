package dev.sightline.store;

import static dev.sightline.store.Sample.ADA;
import static dev.sightline.store.Sample.AUTHOR;
import static dev.sightline.store.Sample.BOB;
import static dev.sightline.store.Sample.COSTS;
import static dev.sightline.store.Sample.PLANS;
import static dev.sightline.store.Sample.T0;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Change;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Entry;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogCodecTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final LogCodec.Context CONTEXT = new LogCodec.Context(ACME, 7, 2, AUTHOR, T0);

  private static List<Change> everyKindBothWays() {
    List<Change> changes = new ArrayList<>(Sample.everything(ACME));
    changes.add(new EstateInherited(ADA, BOB, List.of(COSTS, PLANS)));
    Sample.everything(ACME).forEach(change -> changes.add(change.inverse()));
    return changes;
  }

  @Test
  void every_kind_of_change_comes_back_as_it_was() {
    for (Change change : everyKindBothWays()) {
      Change read = LogCodec.decode(LogCodec.encode(CONTEXT, change).body());
      if (!(change instanceof ProfileChanged || change instanceof ReasonGiven)) {
        assertEquals(change, read);
      }
    }
  }

  @Test
  void a_request_comes_back_whatever_became_of_it() {
    RequestFacts asked = Sample.REQUEST;
    for (RequestFacts after :
        List.of(
            asked.addressedTo(BOB),
            asked.approved(ADA, T0, Level.EDITOR),
            asked.approved(null, T0, Level.VIEWER),
            asked.declined(ADA, T0),
            asked.expired(),
            asked.cancelled())) {
      var change = new RequestChanged(new RequestId("r"), asked, after);
      assertEquals(change, LogCodec.decode(LogCodec.encode(CONTEXT, change).body()));
    }
  }

  @Test
  void a_policy_that_says_nothing_comes_back_as_such() {
    var change = new SupportPolicyChanged(Sample.POLICY, SupportPolicy.USUAL);
    assertEquals(change, LogCodec.decode(LogCodec.encode(CONTEXT, change).body()));
  }

  @Test
  void a_reason_is_only_committed_to_and_is_about_who_gave_it() {
    for (Explained what :
        List.of(
            new Explained.Request(new RequestId("r")),
            new Explained.Grant(new GrantId("g")),
            new Explained.SupportRequest(Sample.AGENT))) {
      LogCodec.Encoded encoded = LogCodec.encode(CONTEXT, new ReasonGiven(what, BOB, "For tax"));
      String body = new String(encoded.body(), StandardCharsets.UTF_8);
      assertFalse(body.contains("tax"));
      PersonalValue hidden = encoded.personal().getFirst();
      assertEquals(List.of(hidden), encoded.personal());
      assertEquals(
          "reason bob For tax", hidden.field() + " " + hidden.about() + " " + hidden.value());
      assertTrue(body.contains(hidden.commitment()));
      assertEquals(new ReasonGiven(what, BOB, ""), LogCodec.decode(encoded.body()));
    }
  }

  @Test
  void a_duration_finer_than_rows_keep_is_refused() {
    var fine = new SupportPolicy(Duration.ofNanos(1), null, true, List.of());
    var change = new SupportPolicyChanged(SupportPolicy.USUAL, fine);
    assertThrows(IllegalArgumentException.class, () -> LogCodec.encode(CONTEXT, change));
  }

  @Test
  void no_kind_of_change_is_left_out_of_these_tests() {
    Set<Class<?>> tried =
        everyKindBothWays().stream().map(Change::getClass).collect(Collectors.toSet());
    assertEquals(Set.of(Change.class.getPermittedSubclasses()), tried);
  }

  @Test
  void a_change_has_one_spelling_with_sorted_keys() {
    var change = new EntryChanged(COSTS, BOB, null, new Entry(Level.EDITOR, T0));
    byte[] body = LogCodec.encode(CONTEXT, change).body();
    assertArrayEquals(body, LogCodec.encode(CONTEXT, change).body());
    assertEquals(
        "{\"actor\":\"ada\",\"actorOrganization\":\"acme\","
            + "\"after\":{\"end\":\"2026-03-01T10:00:00.000001Z\",\"level\":\"EDITOR\"},"
            + "\"at\":\"2026-03-01T10:00:00.000001Z\",\"before\":null,\"caller\":\"tests\","
            + "\"dashboard\":\"costs\",\"kind\":\"ENTRY\",\"number\":2,\"organization\":\"acme\","
            + "\"revision\":7,\"subject\":{\"user\":\"bob\"}}",
        new String(body, StandardCharsets.UTF_8));
  }

  @Test
  void a_profile_is_only_committed_to() {
    var change = new ProfileChanged(ADA, null, Sample.ADA_PROFILE);
    LogCodec.Encoded encoded = LogCodec.encode(CONTEXT, change);
    String body = new String(encoded.body(), StandardCharsets.UTF_8);
    assertFalse(body.contains("Lovelace") || body.contains("Countess") || body.contains("xample"));
    assertEquals(
        List.of("after.name", "after.email", "after.title"),
        encoded.personal().stream().map(PersonalValue::field).toList());
    encoded.personal().forEach(value -> assertTrue(body.contains(value.commitment())));
    assertEquals(
        new ProfileChanged(ADA, null, ChangeFromJson.WITHHELD), LogCodec.decode(encoded.body()));
  }

  @Test
  void an_instant_finer_than_rows_keep_is_refused() {
    var change = new EntryChanged(COSTS, BOB, null, new Entry(Level.EDITOR, T0.plusNanos(1)));
    assertThrows(IllegalArgumentException.class, () -> LogCodec.encode(CONTEXT, change));
  }
}
