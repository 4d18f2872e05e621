package dev.sightline.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sightline.scenario.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A file taken apart: YAML with its steps in a list, or JSON lines of which the first is the
 * header.
 */
record Document(Fields header, List<Line> steps) {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  /** A step as written, and where. */
  record Line(int number, Value step) {}

  Document {
    steps = List.copyOf(steps);
  }

  static Document read(Path file) throws IOException, Malformed {
    String name = file.toString();
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return yaml(Files.readString(file));
    }
    if (name.endsWith(".jsonl")) {
      return jsonLines(Files.readString(file));
    }
    throw new Malformed("the name must end in .yaml, .yml or .jsonl");
  }

  static Document yaml(String text) throws IOException, Malformed {
    try (var tokens = YAML.createParser(text)) {
      var parser = new ValueParser(tokens);
      if (parser.next() != JsonToken.START_OBJECT) {
        throw new Malformed("a scenario is a mapping with `steps`", 1);
      }
      var header = new LinkedHashMap<String, Value>();
      var steps = new ArrayList<Line>();
      while (parser.next() != JsonToken.END_OBJECT) {
        String key = parser.key();
        int line = parser.line();
        parser.next();
        var value = key.equals("steps") ? steps(parser, steps) : parser.value();
        if (header.put(key, value) != null) {
          throw new Malformed("`" + key + "` is said twice", line);
        }
      }
      if (parser.next() != null) {
        throw new Malformed("a second document begins; a file holds one scenario", parser.line());
      }
      header.remove("steps");
      return new Document(new Fields(header), steps);
    }
  }

  private static Value steps(ValueParser parser, List<Line> steps) throws IOException, Malformed {
    if (!parser.isAt(JsonToken.START_ARRAY)) {
      throw new Malformed("`steps` is no list", parser.line());
    }
    while (parser.next() != JsonToken.END_ARRAY) {
      steps.add(new Line(parser.line(), parser.value()));
    }
    return Value.NOTHING;
  }

  static Document jsonLines(String text) throws IOException, Malformed {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(number, jsonLine(number, line)));
      }
    }
    if (lines.isEmpty() || !(lines.getFirst().step() instanceof Fields header)) {
      throw new Malformed("the first line must be the header: {\"scenario\": …}", 1);
    }
    return new Document(header, lines.subList(1, lines.size()));
  }

  private static Value jsonLine(int number, String line) throws IOException, Malformed {
    try (var tokens = JSON.createParser(line)) {
      var parser = new ValueParser(tokens);
      parser.next();
      var value = parser.value();
      if (parser.next() != null) {
        throw new Malformed("one value a line");
      }
      return value;
    } catch (Malformed e) {
      throw new Malformed(e.said(), number);
    }
  }
}
