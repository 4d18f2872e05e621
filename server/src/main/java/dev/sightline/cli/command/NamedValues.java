package dev.sightline.cli.command;

import dev.sightline.cli.output.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of one of the contract's enums by their short names, in any case. */
public final class NamedValues<E extends Enum<E>> implements ITypeConverter<E> {
  private final List<E> values;

  public NamedValues(Class<E> type) {
    this.values = Arrays.stream(type.getEnumConstants()).filter(NamedValues::isNamed).toList();
  }

  private static boolean isNamed(Enum<?> value) {
    return !value.name().endsWith("UNSPECIFIED") && !value.name().equals("UNRECOGNIZED");
  }

  @Override
  public E convert(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('_', '-');
    for (E value : values) {
      if (Names.of(value).equals(name)) {
        return value;
      }
    }
    var names = String.join(", ", values.stream().map(Names::of).toList());
    throw new TypeConversionException("'" + text + "', expected one of " + names);
  }
}
