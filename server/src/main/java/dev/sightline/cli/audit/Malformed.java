package dev.sightline.cli.audit;

/** A line that says something that it should not. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  Malformed(String how) {
    super(how, null, false, false);
  }

  String how() {
    return String.valueOf(getMessage());
  }
}
