package dev.sightline.history;

import java.util.List;

/** All faults, by name. */
final class Faults {
  static final List<Fault> ALL =
      List.of(
          new NodeFaults.Killed(),
          new NodeFaults.Paused(),
          new NodeFaults.ClientPaused(),
          new NodeFaults.ClockApart(),
          new NodeFaults.Deaf(),
          new NodeFaults.SlowAtStart(),
          new SlowReaders(),
          new LineFaults.Cut(),
          new LineFaults.Swallowed(),
          new LineFaults.SlowThenSilent(),
          new LineFaults.Delayed(),
          new LineFaults.ReadsSlow(),
          new LineFaults.LogLate(),
          new LineFaults.ClientDelayed(),
          new LineFaults.ClientCut(),
          new DatabaseFaults.Stopped(),
          new DatabaseFaults.PutBack(),
          new DatabaseFaults.Promoted());

  private Faults() {}

  static List<Fault> named(List<String> names) {
    return names.stream().map(Faults::named).toList();
  }

  private static Fault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no fault " + name));
  }

  static List<String> names() {
    return ALL.stream().map(Fault::name).toList();
  }
}
