package dev.sightline.scenario;

import java.util.Set;

/**
 * What a step can do or ask.
 *
 * @param name as it stands in scenarios
 * @param argument what it takes
 * @param clauses what may stand beside it
 * @param answer what {@code expect} may hold, where that may stand beside it
 * @param play how it is played
 */
record Operation(String name, Kind argument, Set<Clause> clauses, Kind answer, Play play) {
  Operation {
    clauses = Set.copyOf(clauses);
  }

  /** How an operation is played. */
  sealed interface Play {
    /** Changes something; playing shows it in the story that leads to a difference. */
    record Change(Rpc rpc) implements Play {}

    /** Asks something. */
    record Question(Rpc rpc) implements Play {}

    /** Moves the clock. */
    record Advance() implements Play {}
  }

  /** Calls the service; its refusals are {@link io.grpc.StatusRuntimeException}s. */
  @FunctionalInterface
  interface Rpc {
    Value call(Call call, Arguments in);
  }

  static Operation change(String name, Parameters parameters, Rpc rpc) {
    return new Operation(
        name, parameters, Clause.OF_CHANGES, Parameters.NONE, new Play.Change(rpc));
  }

  static Operation operatorsChange(String name, Parameters parameters, Rpc rpc) {
    return new Operation(
        name, parameters, Clause.OF_OPERATORS, Parameters.NONE, new Play.Change(rpc));
  }

  static Operation question(String name, Parameters parameters, Kind answer, Rpc rpc) {
    return new Operation(name, parameters, Clause.OF_QUESTIONS, answer, new Play.Question(rpc));
  }

  static Operation view(String name, Parameters parameters, Kind answer, Rpc rpc) {
    return new Operation(name, parameters, Clause.OF_VIEWS, answer, new Play.Question(rpc));
  }
}
