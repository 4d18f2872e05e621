package dev.sightline.history;

/**
 * A call that was refused because nobody knew of what it had to be no older than.
 *
 * @param client as of {@link Call}; so are the others
 */
record Refused(int client, int organization, long begun, long received, Token floor) {
  static final String WHY = "POSITION_UNKNOWN";

  /** Whether the client may have sent something else: what its watch told, or another thread. */
  boolean mayHaveSentAnother() {
    return client >= Call.FORGETFUL;
  }
}
