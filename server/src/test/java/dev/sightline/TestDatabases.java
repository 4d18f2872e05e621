package dev.sightline;

import dev.sightline.store.ScratchDatabases;

/** The one PostgreSQL that the tests of this process share; each takes a database of its own. */
public final class TestDatabases {
  private static final ScratchDatabases SHARED = started();

  private TestDatabases() {}

  public static ScratchDatabases shared() {
    return SHARED;
  }

  private static ScratchDatabases started() {
    ScratchDatabases databases = ScratchDatabases.start(_ -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(databases::close));
    return databases;
  }
}
