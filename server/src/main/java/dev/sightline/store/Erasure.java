package dev.sightline.store;

/** What became of erasing what is kept of a user's name, address and title. */
public sealed interface Erasure {
  /** So many values of the log were erased, and what was kept beside it. */
  record Erased(int values) implements Erasure {}

  /** Nothing was erased: the user is not deleted. */
  record NotDeleted() implements Erasure {}

  /** Nothing was erased: there never was such a user. */
  record Unknown() implements Erasure {}
}
