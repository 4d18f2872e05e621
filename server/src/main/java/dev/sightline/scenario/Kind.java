package dev.sightline.scenario;

import dev.sightline.model.Action;
import dev.sightline.model.Because;
import dev.sightline.scenario.Value.Fields;
import dev.sightline.scenario.Value.Items;
import dev.sightline.scenario.Value.Nothing;
import dev.sightline.scenario.Value.Text;
import java.util.List;
import java.util.stream.Stream;

/** What may stand at a place of a scenario. */
sealed interface Kind
    permits Kind.Atom, Kind.Word, Kind.OrNull, Kind.ListOf, Kind.MapOf, Parameters {
  Kind FLAG = new Word(List.of("true", "false"));
  Kind LEVEL = new Word(List.of("NONE", "VIEWER", "EDITOR", "OWNER"));
  Kind ROLE = new Word(List.of("ANALYST", "MANAGER", "ADMIN"));
  Kind SUPPORT_ROLE = new Word(List.of("VIEWER", "EDITOR", "ADMINISTRATOR"));
  Kind PURPOSE = new Word(List.of("SIDEBAR", "SEARCH", "DIGEST"));
  Kind USER_STATUS = new Word(List.of("INVITED", "ACTIVE", "DISABLED", "DELETED"));
  Kind LINK = new Word(List.of("latest", "first"));
  Kind DECISION = new Word(List.of("APPROVE_VIEWER", "APPROVE_EDITOR", "DECLINE"));
  Kind OUTCOME = new Word(List.of("APPLIED", "ALREADY_DECIDED", "EXPIRED", "VOID"));
  Kind ACTION = new Word(Stream.of(Action.values()).map(Enum::name).toList());
  Kind BECAUSE = new Word(Stream.of(Because.values()).map(Enum::name).toList());

  /** Throws if {@code value} may not stand at {@code place}. */
  void check(String place, Value value) throws Malformed;

  /** Scalars of a form. */
  enum Atom implements Kind {
    /** Any text; the service says what it thinks of it. */
    TEXT,
    /** An id to be made. The service makes one up where it is left out, so it may not be empty. */
    NEW_ID,
    DURATION;

    @Override
    public void check(String place, Value value) throws Malformed {
      String text = scalar(place, value);
      switch (this) {
        case TEXT -> {}
        case NEW_ID -> {
          if (text.isEmpty()) {
            throw new Malformed(place + " is empty; expected an id");
          }
        }
        case DURATION -> StoryDuration.parse(text);
      }
    }
  }

  /** One of some words. */
  record Word(List<String> words) implements Kind {
    @Override
    public void check(String place, Value value) throws Malformed {
      String text = scalar(place, value);
      if (!words.contains(text)) {
        throw new Malformed(
            "%s is `%s`; allowed: %s".formatted(place, text, String.join(", ", words)));
      }
    }
  }

  /** Nothing, or something. */
  record OrNull(Kind kind) implements Kind {
    @Override
    public void check(String place, Value value) throws Malformed {
      if (!(value instanceof Nothing)) {
        kind.check(place, value);
      }
    }
  }

  /** A list. */
  record ListOf(Kind each) implements Kind {
    @Override
    public void check(String place, Value value) throws Malformed {
      if (!(value instanceof Items(var values))) {
        throw new Malformed(place + " is " + value + "; expected a list");
      }
      for (int i = 0; i < values.size(); i++) {
        each.check(place + "[" + (i + 1) + "]", values.get(i));
      }
    }
  }

  /** A mapping whose keys are ids. */
  record MapOf(Kind each) implements Kind {
    @Override
    public void check(String place, Value value) throws Malformed {
      if (!(value instanceof Fields(var values))) {
        throw new Malformed(place + " is " + value + "; expected a mapping");
      }
      for (var field : values.entrySet()) {
        each.check(place + " of " + field.getKey(), field.getValue());
      }
    }
  }

  private static String scalar(String place, Value value) throws Malformed {
    return switch (value) {
      case Text(var text) -> text;
      case Nothing _ -> throw new Malformed(place + " is nothing; expected a text");
      case Items _, Fields _ -> throw new Malformed(place + " is " + value + "; expected a text");
    };
  }
}
