package dev.sightline.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.sightline.scenario.Value.Fields;
import dev.sightline.scenario.Value.Items;
import dev.sightline.scenario.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads YAML and JSON alike, and remembers on which lines things begin. */
final class ValueParser {
  private final JsonParser parser;

  ValueParser(JsonParser parser) {
    this.parser = parser;
  }

  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Moves to the next token; null at the end. */
  @Nullable JsonToken next() throws IOException, Malformed {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw new Malformed(onOneLine(e));
    }
  }

  /**
   * What YAML's parser says of its own accord names the line; where it stands is not always there.
   */
  private static String onOneLine(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  boolean isAt(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** The key that the parser stands on. */
  String key() throws IOException {
    return parser.currentName();
  }

  /** The value whose first token the parser stands on; moves to its last. */
  Value value() throws IOException, Malformed {
    var token = parser.currentToken();
    if (token == null) {
      throw new Malformed("the file ends too early");
    }
    return switch (token) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> text();
      case VALUE_NULL -> Value.NOTHING;
      case START_ARRAY -> items();
      case START_OBJECT -> fields();
      case FIELD_NAME, END_ARRAY, END_OBJECT, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new Malformed("only texts, lists and mappings are allowed", line());
    };
  }

  private Value text() throws IOException, Malformed {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new Malformed("aliases (*" + parser.getText() + ") are not allowed", line());
    }
    return new Text(parser.getText());
  }

  private Value items() throws IOException, Malformed {
    var values = new ArrayList<Value>();
    while (next() != JsonToken.END_ARRAY) {
      values.add(value());
    }
    return new Items(values);
  }

  Fields fields() throws IOException, Malformed {
    var values = new LinkedHashMap<String, Value>();
    while (next() != JsonToken.END_OBJECT) {
      String key = key();
      int line = line();
      next();
      if (values.put(key, value()) != null) {
        throw new Malformed("`" + key + "` is said twice", line);
      }
    }
    return new Fields(values);
  }
}
