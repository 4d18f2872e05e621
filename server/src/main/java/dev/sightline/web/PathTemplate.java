package dev.sightline.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path with variables and perhaps a verb, like {@code
 * /v1/organizations/{organization_id}/dashboards/{dashboard_id}:rename}.
 *
 * @param segments what is between the slashes
 * @param verb what follows the last colon; empty: nothing does
 */
record PathTemplate(List<Segment> segments, String verb) {
  /** What one segment of a path must be. */
  sealed interface Segment {
    /** This very text. */
    record Text(String text) implements Segment {}

    /** Anything but nothing; the value of a field of the request. */
    record Variable(String field) implements Segment {}
  }

  PathTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with a sentence, if it is none that can be served
   */
  static PathTemplate parse(String template) {
    int end = template.lastIndexOf('}');
    int colon = template.indexOf(':', Math.max(end, template.lastIndexOf('/')));
    String path = colon < 0 ? template : template.substring(0, colon);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path " + template + " does not begin with a slash");
    }
    List<Segment> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(segment(segment, template));
    }
    return new PathTemplate(segments, colon < 0 ? "" : template.substring(colon + 1));
  }

  private static Segment segment(String segment, String template) {
    if (segment.matches("\\{[a-z_0-9]+}")) {
      return new Segment.Variable(segment.substring(1, segment.length() - 1));
    }
    if (segment.matches("[A-Za-z0-9_.-]+")) {
      return new Segment.Text(segment);
    }
    throw new IllegalArgumentException("the path " + template + " has the segment " + segment);
  }

  /** The fields that the path gives. */
  List<String> variables() {
    return segments.stream()
        .filter(Segment.Variable.class::isInstance)
        .map(segment -> ((Segment.Variable) segment).field())
        .toList();
  }

  /**
   * The values of the variables, still encoded, if these are the segments of such a path; null if
   * they are not.
   */
  @Nullable Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Text(String text) -> {
          if (!text.equals(path.get(i))) {
            return null;
          }
        }
        case Segment.Variable(String field) -> {
          if (path.get(i).isEmpty()) {
            return null;
          }
          values.put(field, path.get(i));
        }
      }
    }
    return values;
  }

  /** Whether some path is of both templates. */
  boolean overlaps(PathTemplate other) {
    if (segments.size() != other.segments.size() || !verb.equals(other.verb)) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i) instanceof Segment.Text(String one)
          && other.segments.get(i) instanceof Segment.Text(String two)
          && !one.equals(two)) {
        return false;
      }
    }
    return true;
  }

  /** As the contract writes it, but with the JSON names of the fields. */
  String shown() {
    var shown = new StringBuilder();
    for (Segment segment : segments) {
      shown.append('/');
      switch (segment) {
        case Segment.Text(String text) -> shown.append(text);
        case Segment.Variable(String field) ->
            shown.append('{').append(JsonNames.of(field)).append('}');
      }
    }
    return verb.isEmpty() ? shown.toString() : shown.append(':').append(verb).toString();
  }
}
