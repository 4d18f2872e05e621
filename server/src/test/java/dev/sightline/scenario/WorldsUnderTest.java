package dev.sightline.scenario;

import dev.sightline.StoryWorlds;
import dev.sightline.TestDatabases;

/** Where the tests that need the whole service get it from. */
final class WorldsUnderTest {
  private WorldsUnderTest() {}

  static ScenarioWorlds open() {
    return new StoryWorlds(TestDatabases.shared());
  }
}
