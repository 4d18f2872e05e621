package dev.sightline.store;

/**
 * The database cannot be used as it is, and trying again will not help. The message is one sentence
 * for whoever started the service: what is wrong, and what to do.
 */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartRefused(String sentence) {
    super(sentence);
  }

  public StartRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
