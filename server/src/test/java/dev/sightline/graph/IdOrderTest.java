package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdOrderTest {
  @Test
  void ids_that_begin_alike_are_in_the_order_of_strings() {
    Seeds.each(
        200,
        seed -> {
          List<String> ids = idsThatBeginAlike(new Random(seed));
          int[] ordinals = IntStream.range(0, ids.size()).toArray();
          int[] expected =
              IntStream.range(0, ids.size())
                  .boxed()
                  .sorted(Comparator.comparing(ids::get))
                  .mapToInt(Integer::intValue)
                  .toArray();
          assertArrayEquals(
              expected, IdOrder.sorted(ordinals, ordinal -> Node.text(ids.get(ordinal), "zz")));
        });
  }

  /** Of two letters, up to twenty of them: many are the beginning of others. */
  private static List<String> idsThatBeginAlike(Random random) {
    Set<String> ids = new HashSet<>();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      StringBuilder id = new StringBuilder("a".repeat(random.nextInt(20)));
      for (int more = random.nextInt(4); more >= 0; more--) {
        id.append(random.nextBoolean() ? 'a' : '-');
      }
      ids.add(id.toString());
    }
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  @Test
  void what_is_given_stays_as_it_is() {
    List<String> ids = List.of("b", "a");
    int[] given = {0, 1};
    assertArrayEquals(
        new int[] {1, 0}, IdOrder.sorted(given, ordinal -> Node.text(ids.get(ordinal), "")));
    assertArrayEquals(new int[] {0, 1}, given);
  }

  @Test
  void texts_are_compared_by_their_ids_alone() {
    assertEquals(0, Node.compareIds(Node.text("a", "x"), Node.text("a", "y")));
    assertEquals(
        Integer.signum("ab".compareTo("a.b")),
        Integer.signum(Node.compareIds(Node.text("ab", ""), Node.text("a.b", ""))));
    assertEquals(-1, Integer.signum(Node.compareIds(Node.text("a", "z"), Node.text("ab", "a"))));
  }
}
