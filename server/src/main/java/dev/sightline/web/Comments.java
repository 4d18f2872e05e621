package dev.sightline.web;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the contract says of each of its parts, by the parts' full names. */
final class Comments {
  private static final String CONTRACT = "/sightline/v1.protoset";

  private final Map<String, String> byName = new HashMap<>();

  private Comments() {}

  /** Those of the contract that this program was built with. */
  static Comments read() {
    var comments = new Comments();
    try (InputStream in = Comments.class.getResourceAsStream(CONTRACT)) {
      FileDescriptorSet.parseFrom(Objects.requireNonNull(in, CONTRACT)).getFileList().stream()
          .filter(file -> file.getPackage().startsWith("sightline."))
          .forEach(comments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return comments;
  }

  /** Paragraphs; empty if nothing is said. */
  String of(String fullName) {
    return byName.getOrDefault(fullName, "");
  }

  private void add(FileDescriptorProto file) {
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        String name = name(file, location.getPathList());
        if (!name.isEmpty()) {
          byName.put(file.getPackage() + name, paragraphs(location.getLeadingComments()));
        }
      }
    }
  }

  /** The name of what a path of field numbers and indexes leads to; empty: nothing with a name. */
  private static String name(FileDescriptorProto file, List<Integer> path) {
    if (path.size() < 2) {
      return "";
    }
    int index = path.get(1);
    List<Integer> rest = path.subList(2, path.size());
    return switch (path.getFirst()) {
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER -> name(file.getMessageType(index), rest);
      case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER -> {
        var type = file.getEnumType(index);
        yield "."
            + type.getName()
            + (rest.isEmpty() ? "" : "." + type.getValue(rest.get(1)).getName());
      }
      case FileDescriptorProto.SERVICE_FIELD_NUMBER -> {
        var service = file.getService(index);
        yield "."
            + service.getName()
            + (rest.isEmpty() ? "" : "." + service.getMethod(rest.get(1)).getName());
      }
      default -> "";
    };
  }

  private static String name(DescriptorProto message, List<Integer> path) {
    String name = "." + message.getName();
    if (path.isEmpty()) {
      return name;
    }
    int index = path.get(1);
    List<Integer> rest = path.subList(2, path.size());
    return switch (path.getFirst()) {
      case DescriptorProto.FIELD_FIELD_NUMBER -> name + "." + message.getField(index).getName();
      case DescriptorProto.NESTED_TYPE_FIELD_NUMBER ->
          name + name(message.getNestedType(index), rest);
      case DescriptorProto.ENUM_TYPE_FIELD_NUMBER -> {
        var type = message.getEnumType(index);
        yield name
            + "."
            + type.getName()
            + (rest.isEmpty() ? "" : "." + type.getValue(rest.get(1)).getName());
      }
      default -> "";
    };
  }

  /** Without the breaks that only the width of the page asked for. */
  private static String paragraphs(String comment) {
    return comment.lines().map(String::strip).reduce("", Comments::joined).strip();
  }

  private static String joined(String before, String line) {
    if (line.isEmpty()) {
      return before.endsWith("\n\n") ? before : before + "\n\n";
    }
    if (line.startsWith("- ")) {
      return before.isEmpty() || before.endsWith("\n") ? before + line : before + "\n" + line;
    }
    return before.isEmpty() || before.endsWith("\n") ? before + line : before + " " + line;
  }
}
