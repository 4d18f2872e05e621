package dev.sightline.watch;

/**
 * Where telling each pair of a step gives way to telling how far it reaches.
 *
 * @param told so many changes at the most are told one by one to everybody, and go into a message
 * @param decided so many pairs at the most are decided to find out how many of them have changed
 */
record Limits(int told, int decided) {
  /** Deciding 4,096 pairs takes less than a millisecond. */
  static final Limits USUAL = new Limits(1_000, 4_096);
}
