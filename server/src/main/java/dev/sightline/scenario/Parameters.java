package dev.sightline.scenario;

import static java.util.stream.Collectors.joining;

import dev.sightline.scenario.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The arguments that a mapping may hold.
 *
 * @param all by name, in the order of the format's table
 * @param alternatives names of which exactly one must be there; none if empty
 */
record Parameters(List<Parameter> all, List<String> alternatives) implements Kind {
  static final Parameters NONE = of();

  /** One argument. */
  record Parameter(String name, Kind kind, boolean required) {
    private String described() {
      return required ? name : name + "?";
    }
  }

  static Parameters of(Parameter... all) {
    return new Parameters(List.of(all), List.of());
  }

  static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true);
  }

  static Parameter optional(String name, Kind kind) {
    return new Parameter(name, kind, false);
  }

  /** These, with two more of which exactly one must be there. */
  Parameters orElse(String one, String other) {
    var both = Stream.of(optional(one, Atom.TEXT), optional(other, Atom.TEXT));
    return new Parameters(Stream.concat(all.stream(), both).toList(), List.of(one, other));
  }

  @Override
  public void check(String place, Value value) throws Malformed {
    if (!(value instanceof Fields(var values))) {
      throw new Malformed(place + " is " + value + "; expected " + described());
    }
    for (var field : values.entrySet()) {
      parameter(place, field.getKey()).kind().check(place + "." + field.getKey(), field.getValue());
    }
    requireAll(place, values);
    requireOne(place, values);
  }

  private Parameter parameter(String place, String name) throws Malformed {
    for (var parameter : all) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    throw Malformed.noArgument(
        "%s has no argument `%s`; allowed: %s".formatted(place, name, described()));
  }

  private void requireAll(String place, Map<String, Value> values) throws Malformed {
    for (var parameter : all) {
      if (parameter.required() && !values.containsKey(parameter.name())) {
        throw new Malformed(
            "%s lacks `%s`; expected %s".formatted(place, parameter.name(), described()));
      }
    }
  }

  private void requireOne(String place, Map<String, Value> values) throws Malformed {
    if (!alternatives.isEmpty() && alternatives.stream().filter(values::containsKey).count() != 1) {
      throw new Malformed(place + " needs exactly one of " + String.join(", ", alternatives));
    }
  }

  private String described() {
    return all.stream().map(Parameter::described).collect(joining(", ", "{", "}"));
  }
}
