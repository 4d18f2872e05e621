package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.ByteString;
import dev.sightline.auth.PageCursors.Invalid;
import dev.sightline.auth.PageCursors.ListOf;
import dev.sightline.auth.PageCursors.Payload;
import dev.sightline.store.Database;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CursorKeysTest {
  private static final ListOf LIST = new ListOf("caller", "rpc", ByteString.EMPTY);

  private final Database database = TestDatabase.empty();
  private final TestClock clock = new TestClock();
  private final CursorKeys keys = new CursorKeys(database.signingKeys(), clock);
  private final PageCursors cursors = new PageCursors(keys);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_rotated_key_opens_for_a_day_and_no_longer() {
    String token = cursors.seal(LIST, "17");
    database.signingKeys().rotate(1);
    keys.refresh();
    clock.advance(CursorKeys.SETTLING);
    assertEquals(new Payload("17"), cursors.open(LIST, token));
    clock.advance(CursorKeys.ACCEPTED.minusMinutes(1));
    assertEquals(new Payload("17"), cursors.open(LIST, token));
    clock.advance(Duration.ofMinutes(2));
    assertInstanceOf(Invalid.class, cursors.open(LIST, token));
  }

  @Test
  void a_new_key_seals_only_when_every_node_has_had_time_to_see_it() {
    var slow = new PageCursors(new CursorKeys(database.signingKeys(), clock));
    database.signingKeys().rotate(1);
    keys.refresh();
    assertEquals(new Payload("17"), slow.open(LIST, cursors.seal(LIST, "17")));
    clock.advance(CursorKeys.SETTLING.plusSeconds(10));
    assertEquals(2, keys.sealing().id());
  }

  @Test
  void a_key_is_replaced_after_a_day() {
    clock.advance(CursorKeys.ROTATION.plusSeconds(10));
    keys.refresh();
    assertEquals(2, database.signingKeys().current().id());
  }
}
