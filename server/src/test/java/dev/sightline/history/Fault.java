package dev.sightline.history;

import java.io.IOException;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** Something that goes wrong while everybody goes on. */
interface Fault {
  String name();

  /** Lets it happen, and puts it right again. */
  void happen(Stage stage, RandomGenerator random)
      throws IOException, SQLException, InterruptedException;
}
