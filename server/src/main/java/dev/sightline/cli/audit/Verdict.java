package dev.sightline.cli.audit;

import java.time.Instant;
import java.util.List;

/** What became of checking an exported log. */
public sealed interface Verdict {
  /**
   * All that the file should hold is there, as it was written.
   *
   * @param from the first revision in the file
   * @param through the last revision in the file
   * @param head the revision that the log ended with when it was exported
   * @param hash of the last record
   * @param records how many there are
   * @param personal whether personal values are in it, so that none can be missing unseen
   * @param revealed how many personal values are in it, each the one that its record commits to
   * @param erased how many are gone that a record in it says were erased
   * @param unrecorded how many of these were gone already when erasing began to be recorded, so
   *     that erasing cannot be told from tampering
   * @param later whose values are gone that were erased later, as the last line says
   * @param compared how many heads noted elsewhere are the same
   * @param notInFile how many heads noted elsewhere stand at revisions that the file does not hold
   */
  record Whole(
      String organization,
      Instant exportedAt,
      long from,
      long through,
      long head,
      String hash,
      long records,
      boolean personal,
      long revealed,
      long erased,
      long unrecorded,
      List<ErasedLater> later,
      long compared,
      long notInFile)
      implements Verdict {}

  /**
   * Whose values are gone that a revision erased which the file does not hold.
   *
   * @param values how many
   */
  record ErasedLater(String person, long revision, long values) {}

  /**
   * The first thing that is wrong.
   *
   * @param line of the file, from 1
   * @param revision of the record in that line or, where it says none, of the one before
   * @param number of that record in its revision
   * @param how it shows, in a sentence without a full stop
   */
  record Broken(long line, long revision, int number, String how) implements Verdict {}
}
