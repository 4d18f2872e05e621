package dev.sightline.scenario;

import java.time.Instant;

/** Makes a world for each scenario. Ids in scenarios are literal, so each world begins empty. */
public interface ScenarioWorlds {
  /** A new, empty world whose clock says {@code start}. */
  ScenarioWorld open(Instant start);
}
