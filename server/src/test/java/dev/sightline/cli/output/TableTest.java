package dev.sightline.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.v1.Action;
import dev.sightline.v1.Level;
import dev.sightline.v1.UserStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_are_aligned_and_numbers_to_the_right() {
    var table = new Table("USER", ">COUNT").row("ada", "7").row("barbara", "1,234,567");

    assertEquals(
        "USER         COUNT\nada              7\nbarbara  1,234,567\n", text(table, false));
  }

  @Test
  void colours_take_no_room() {
    var style = Style.of(true);
    var table = new Table("A", "B").row(style.good("yes"), "x").row("no", "y");

    assertEquals(
        "\u001b[1mA    B\u001b[0m\n\u001b[32myes\u001b[0m  x\nno   y\n", text(table, true));
  }

  @Test
  void a_row_has_a_cell_for_each_heading() {
    assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("a"));
  }

  @Test
  void the_contracts_words_are_written_short() {
    assertEquals("viewer", Names.of(Level.LEVEL_VIEWER));
    assertEquals("manage-access", Names.of(Action.ACTION_MANAGE_ACCESS));
    assertEquals("disabled", Names.of(UserStatus.USER_STATUS_DISABLED));
    assertEquals("1970-01-01T00:00:00.000001Z", Names.time(1));
  }

  private static String text(Table table, boolean colored) {
    var text = new StringWriter();
    table.print(new PrintWriter(text), Style.of(colored));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
