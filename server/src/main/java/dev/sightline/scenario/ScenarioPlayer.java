package dev.sightline.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Plays files, each in a world of its own. */
public final class ScenarioPlayer {
  private static final Pattern SCENARIO = Pattern.compile(".+\\.(yaml|yml|jsonl)");

  private final ScenarioWorlds worlds;

  public ScenarioPlayer(ScenarioWorlds worlds) {
    this.worlds = worlds;
  }

  /** Plays files one after the other. */
  public Report play(List<Path> files) {
    return new Report(files.stream().flatMap(ScenarioPlayer::within).map(this::play).toList());
  }

  /** The file itself, or the scenarios in a folder, however deep, by name. */
  private static Stream<Path> within(Path file) {
    if (!Files.isDirectory(file)) {
      return Stream.of(file);
    }
    try (Stream<Path> found = Files.walk(file)) {
      return found.filter(ScenarioPlayer::isScenario).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isScenario(Path file) {
    return SCENARIO.matcher(file.getFileName().toString()).matches();
  }

  /** Plays a file, or says why it cannot be played. */
  public Outcome play(Path file) {
    return switch (ScenarioReader.read(file)) {
      case Reading.Unreadable(var problems) -> new Outcome.Unreadable(file.toString(), problems);
      case Reading.Playable(var scenario) -> played(scenario);
    };
  }

  private Outcome played(Scenario scenario) {
    try (var world = worlds.open(scenario.start())) {
      return new Performance(world, scenario).play();
    }
  }
}
