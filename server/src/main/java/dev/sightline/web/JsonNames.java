package dev.sightline.web;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields by the names that JSON knows them by. */
final class JsonNames {
  private JsonNames() {}

  /** The JSON name of a field whose name in the contract is this. */
  static String of(String field) {
    var name = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '_' && i + 1 < field.length()) {
        i++;
        name.append(Character.toUpperCase(field.charAt(i)));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** The field of this name, the JSON name or the contract's; null if there is none. */
  static @Nullable FieldDescriptor field(Descriptor message, String name) {
    FieldDescriptor field = message.findFieldByName(name);
    if (field != null) {
      return field;
    }
    return message.getFields().stream()
        .filter(each -> each.getJsonName().equals(name))
        .findAny()
        .orElse(null);
  }

  /** The names of all fields, for people. */
  static String all(Descriptor message) {
    return message.getFields().isEmpty()
        ? "none"
        : message.getFields().stream()
            .map(FieldDescriptor::getJsonName)
            .collect(Collectors.joining(", "));
  }
}
