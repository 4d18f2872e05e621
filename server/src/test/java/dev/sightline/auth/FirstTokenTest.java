package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.store.Database;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstTokenTest {
  private final Database database = TestDatabase.empty();
  private final StoredTokens tokens = new StoredTokens(database.tokens(), new TestClock());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_first_start_makes_one_token_for_everything() {
    TokenText text = FirstToken.createIfNone(tokens);
    assertNotNull(text);
    var holder = tokens.read(text.hash()).holder();
    assertNotNull(holder);
    assertEquals(new Caller(text.id(), Scopes.ALL, Binding.ALL), holder.caller());
    assertTrue(holder.caller().isOperator());
  }

  @Test
  void no_later_start_makes_another_even_if_it_was_revoked() {
    TokenText text = FirstToken.createIfNone(tokens);
    assertNotNull(text);
    assertNull(FirstToken.createIfNone(tokens));
    tokens.revoke(text.id());
    assertNull(FirstToken.createIfNone(tokens));
  }

  @Test
  void of_nodes_that_start_together_one_makes_it() {
    List<TokenText> made =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(_ -> FirstToken.createIfNone(tokens))
            .filter(Objects::nonNull)
            .toList();
    assertEquals(1, made.size());
  }

  @Test
  void a_token_is_shown_by_nothing_but_reveal() {
    TokenText text = TokenText.draw(new SecureRandom());
    String secret = text.reveal().substring(text.reveal().lastIndexOf('_') + 1);
    assertEquals(43, secret.length());
    assertFalse(text.toString().contains(secret));
    assertEquals(text, TokenText.parse(text.reveal(), 0));
  }
}
