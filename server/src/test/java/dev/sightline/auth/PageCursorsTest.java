package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.ByteString;
import dev.sightline.auth.PageCursors.Invalid;
import dev.sightline.auth.PageCursors.ListOf;
import dev.sightline.auth.PageCursors.Payload;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Database;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageCursorsTest {
  private static final ListOf LIST =
      new ListOf("caller", "sightline.v1.AccessService/ListAudience", filter("acme"));

  private final Database database = TestDatabase.shared();
  private final TestClock clock = new TestClock();
  private final CursorKeys keys = new CursorKeys(database.signingKeys(), clock);
  private final PageCursors cursors = new PageCursors(keys);

  private static ByteString filter(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private void assertInvalid(ListOf list, String token) {
    var invalid = assertInstanceOf(Invalid.class, cursors.open(list, token), token);
    assertEquals(Reason.INVALID_PAGE_TOKEN, invalid.refusal().reason());
  }

  @Test
  void what_was_sealed_is_opened() {
    for (String payload : new String[] {"", "17", "dashboard-ü", "x".repeat(1_000)}) {
      assertEquals(new Payload(payload), cursors.open(LIST, cursors.seal(LIST, payload)));
    }
  }

  @Test
  void another_node_opens_it_too() {
    var other = new PageCursors(new CursorKeys(database.signingKeys(), clock));
    assertEquals(new Payload("17"), other.open(LIST, cursors.seal(LIST, "17")));
  }

  @Test
  void a_cursor_says_nothing_and_never_looks_the_same() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(cursors.seal(LIST, "17"));
    }
    assertEquals(100, seen.size());
  }

  @Test
  void another_caller_another_rpc_or_another_filter_cannot_use_it() {
    String token = cursors.seal(LIST, "17");
    assertInvalid(new ListOf("other", LIST.rpc(), LIST.filter()), token);
    assertInvalid(new ListOf("caller", "sightline.v1.AccessService/Other", LIST.filter()), token);
    assertInvalid(new ListOf("caller", LIST.rpc(), filter("acme2")), token);
    assertInvalid(
        new ListOf(LIST.callerId() + LIST.rpc().charAt(0), LIST.rpc().substring(1), LIST.filter()),
        token);
  }

  @Test
  void no_byte_of_it_can_be_changed() {
    byte[] token = Base64.getUrlDecoder().decode(cursors.seal(LIST, "17"));
    for (int i = 0; i < token.length; i++) {
      byte[] forged = token.clone();
      forged[i] ^= 1;
      assertInvalid(LIST, Base64.getUrlEncoder().withoutPadding().encodeToString(forged));
    }
  }

  @Test
  void whatever_is_no_cursor_gets_the_same_words() {
    String token = cursors.seal(LIST, "17");
    Set<Object> answers = new HashSet<>();
    for (String wrong :
        new String[] {
          "x", "%", "AAAA", token.substring(1), token + "AAAA", "A".repeat(100_000), "AQAAAAE", "é"
        }) {
      assertInvalid(LIST, wrong);
      answers.add(cursors.open(LIST, wrong));
    }
    assertEquals(1, answers.size());
  }
}
