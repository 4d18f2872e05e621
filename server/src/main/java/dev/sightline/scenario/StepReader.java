package dev.sightline.scenario;

import dev.sightline.scenario.Value.Fields;
import dev.sightline.scenario.Value.Nothing;
import dev.sightline.scenario.Value.Text;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one step and says what is wrong with it. */
final class StepReader {
  private static final Kind ERROR =
      new Kind.Word(
          Stream.of(Status.Code.values())
              .filter(code -> code != Status.Code.OK)
              .map(Enum::name)
              .toList());

  private static final String CLAUSES =
      Stream.of(Clause.values()).map(Clause::key).collect(Collectors.joining(", "));

  /** Where steps happen that do not say; empty if the file does not say either. */
  private final String organization;

  StepReader(String organization) {
    this.organization = organization;
  }

  Step read(Step.Place place, Value written) throws Malformed {
    if (!(written instanceof Fields(var values))) {
      throw new Malformed("a step is `operation: arguments` and its clauses, not " + written);
    }
    var operation = operation(values);
    var argument = argument(operation, values);
    var unsayable = unsayable(operation, argument, values);
    for (var clause : clauses(operation, values)) {
      kind(operation, clause).check(clause.key(), values.getOrDefault(clause.key(), Value.NOTHING));
    }
    return new Step(
        place,
        new Fields(values),
        operation,
        argument,
        unsayable,
        organization(operation, values),
        text(values, Clause.BY),
        expectation(values));
  }

  private static Operation operation(Map<String, Value> values) throws Malformed {
    var found = new ArrayList<Operation>();
    for (String key : values.keySet()) {
      if (!Clause.isKey(key)) {
        var operation = Operations.named(key);
        if (operation == null) {
          throw unknown(key);
        }
        found.add(operation);
      }
    }
    return switch (found.size()) {
      case 0 -> throw new Malformed("the step has no operation, only " + values.keySet());
      case 1 -> found.getFirst();
      default ->
          throw new Malformed(
              "the step has more than one operation: "
                  + found.stream().map(Operation::name).collect(Collectors.joining(", ")));
    };
  }

  private static Malformed unknown(String key) {
    return new Malformed(
        "`%s` is no operation; a step has one of %s; and may have %s"
            .formatted(key, String.join(", ", Operations.names()), CLAUSES));
  }

  private static Value argument(Operation operation, Map<String, Value> values) {
    var argument = values.getOrDefault(operation.name(), Value.NOTHING);
    if (argument instanceof Nothing && operation.argument() instanceof Parameters) {
      argument = new Fields(Map.of());
    }
    return argument;
  }

  /**
   * What is wrong with an argument that the story expects to be refused as invalid. Some of it no
   * request can say, both of two alternatives for one: the player refuses it on the service's
   * behalf.
   */
  private static @Nullable String unsayable(
      Operation operation, Value argument, Map<String, Value> values) throws Malformed {
    try {
      operation.argument().check(operation.name(), argument);
      return null;
    } catch (Malformed e) {
      if (e.isInvalidArgument()
          && text(values, Clause.ERROR).equals(Status.Code.INVALID_ARGUMENT.name())) {
        return e.said();
      }
      throw e;
    }
  }

  private static List<Clause> clauses(Operation operation, Map<String, Value> values)
      throws Malformed {
    var clauses = new ArrayList<Clause>();
    for (var clause : Clause.values()) {
      if (values.containsKey(clause.key())) {
        if (!operation.clauses().contains(clause) && !Clause.ALWAYS.contains(clause)) {
          throw new Malformed(notBeside(operation, clause));
        }
        clauses.add(clause);
      }
    }
    if (clauses.contains(Clause.EXPECT) && clauses.contains(Clause.ERROR)) {
      throw new Malformed("a step has `expect` or `error`, not both");
    }
    return clauses;
  }

  private static String notBeside(Operation operation, Clause clause) {
    String allowed =
        operation.clauses().stream().sorted().map(Clause::key).collect(Collectors.joining(", "));
    return "`%s` cannot stand beside %s; allowed: %s"
        .formatted(clause.key(), operation.name(), allowed.isEmpty() ? "nothing" : allowed);
  }

  private static Kind kind(Operation operation, Clause clause) {
    return switch (clause) {
      case BY, ORGANIZATION, AS -> Kind.Atom.NEW_ID;
      case EXPECT -> operation.answer();
      case ERROR -> ERROR;
    };
  }

  private String organization(Operation operation, Map<String, Value> values) throws Malformed {
    if (!operation.clauses().contains(Clause.ORGANIZATION)) {
      return "";
    }
    String own = text(values, Clause.ORGANIZATION);
    if (own.isEmpty() && organization.isEmpty()) {
      throw new Malformed("neither the step nor the file says the `organization`");
    }
    return own.isEmpty() ? organization : own;
  }

  private static Expectation expectation(Map<String, Value> values) {
    var expected = values.get(Clause.EXPECT.key());
    if (expected != null) {
      return new Expectation.Answer(expected);
    }
    String error = text(values, Clause.ERROR);
    return error.isEmpty()
        ? new Expectation.Success()
        : new Expectation.Refusal(Status.Code.valueOf(error));
  }

  private static String text(Map<String, Value> values, Clause clause) {
    return values.get(clause.key()) instanceof Text(var text) ? text : "";
  }
}
