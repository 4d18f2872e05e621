package dev.sightline.scenario;

import static dev.sightline.scenario.Parameters.optional;

import dev.sightline.scenario.Value.Text;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a file and the one that it names as {@code given}; finds everything that is wrong in them.
 */
final class ScenarioReader {
  private static final Instant DEFAULT_START = Instant.parse("2025-03-03T09:00:00Z");

  private static final Parameters HEADER =
      Parameters.of(
          optional("scenario", Kind.Atom.TEXT),
          optional("start", Kind.Atom.TEXT),
          optional("organization", Kind.Atom.NEW_ID),
          optional("given", Kind.Atom.NEW_ID));

  private final List<Step> steps = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ScenarioReader() {}

  static Reading read(Path file) {
    return new ScenarioReader().readFirst(file);
  }

  private Reading readFirst(Path file) {
    var header = readInto(file, "", new LinkedHashSet<>());
    return problems.isEmpty()
        ? new Reading.Playable(new Scenario(file.toString(), header.title(), header.start(), steps))
        : new Reading.Unreadable(problems);
  }

  /** What the head of a file says. */
  private record Header(String title, Instant start, String organization, String given) {
    static final Header EMPTY = new Header("", DEFAULT_START, "", "");
  }

  /**
   * Adds the steps of a file, those of what it is given first.
   *
   * @param organization where its steps happen if it does not say
   * @param open the files that led here
   */
  private Header readInto(Path file, String organization, Set<Path> open) {
    try {
      if (!open.add(file.toAbsolutePath().normalize())) {
        throw new Malformed("`given` leads back here: " + open);
      }
      var document = Document.read(file);
      var header = header(document);
      String place = header.organization().isEmpty() ? organization : header.organization();
      if (!header.given().isEmpty()) {
        readInto(file.resolveSibling(header.given()), place, open);
      }
      readSteps(file, document, new StepReader(place));
      return header;
    } catch (Malformed e) {
      problems.add(new Problem(file.toString(), 0, e.line(), e.said()));
    } catch (NoSuchFileException _) {
      problems.add(new Problem(file.toString(), 0, 0, "there is no such file"));
    } catch (IOException e) {
      problems.add(new Problem(file.toString(), 0, 0, "cannot be read: " + e.getMessage()));
    }
    return Header.EMPTY;
  }

  private static Header header(Document document) throws Malformed {
    HEADER.check("the head of the file", document.header());
    if (document.steps().isEmpty()) {
      throw new Malformed("there are no steps");
    }
    return new Header(
        text(document, "scenario"),
        start(text(document, "start")),
        text(document, "organization"),
        text(document, "given"));
  }

  private static String text(Document document, String name) {
    return document.header().values().get(name) instanceof Text(var text) ? text : "";
  }

  private static Instant start(String text) throws Malformed {
    try {
      return text.isEmpty() ? DEFAULT_START : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw new Malformed("start is `" + text + "`; expected an instant as in " + DEFAULT_START);
    }
  }

  private void readSteps(Path file, Document document, StepReader reader) {
    int number = 0;
    for (var line : document.steps()) {
      var place = new Step.Place(file.toString(), ++number, line.number());
      try {
        steps.add(reader.read(place, line.step()));
      } catch (Malformed e) {
        problems.add(new Problem(place.file(), place.number(), place.line(), e.said()));
      }
    }
  }
}
