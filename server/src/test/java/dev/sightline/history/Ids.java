package dev.sightline.history;

/** Ids are a letter and a number, so that what is recorded needs no strings. */
final class Ids {
  private Ids() {}

  static String organization(int number) {
    return "org" + number;
  }

  static String user(int number) {
    return "u" + number;
  }

  static String dashboard(int number) {
    return "d" + number;
  }

  static String team(int number) {
    return "t" + number;
  }

  static int number(String id) {
    return Integer.parseInt(id, 1, id.length(), 10);
  }
}
