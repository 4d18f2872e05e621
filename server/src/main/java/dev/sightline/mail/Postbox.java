package dev.sightline.mail;

import org.jspecify.annotations.Nullable;

/** Delivers letters. Used by several threads. */
public interface Postbox extends AutoCloseable {
  /** What became of a letter. */
  sealed interface Delivery {
    /** It was taken, for good. */
    record Taken() implements Delivery {}

    /**
     * It was not taken now.
     *
     * @param why for an operator; nothing that the letter says
     */
    record NotNow(String why) implements Delivery {}

    /**
     * It will never be taken.
     *
     * @param why for an operator; nothing that the letter says
     */
    record Never(String why) implements Delivery {}
  }

  /** Hands a letter over; takes no longer than time limits of its own say. */
  Delivery deliver(Letter letter);

  /** A letter that was delivered here; null if it was not, or is kept elsewhere. */
  @Nullable Letter read(long id);

  @Override
  void close();
}
