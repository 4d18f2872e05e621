package dev.sightline.cli.output;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * How far long work is. On a terminal one line that is written over, elsewhere a line for each step
 * that is done.
 */
public final class Progress {
  private static final long SHORTEST_PAUSE_NANOS = 100_000_000;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean interactive;
  private long lastShown = System.nanoTime() - SHORTEST_PAUSE_NANOS;
  private boolean lineOpen;

  public Progress(PrintWriter err, boolean interactive) {
    this.err = err;
    this.interactive = interactive;
  }

  /** Progress that nobody sees. */
  public static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), false);
  }

  /** So much of it is done. */
  public void at(String what, long done, long total) {
    long now = System.nanoTime();
    if (interactive && now - lastShown >= SHORTEST_PAUSE_NANOS) {
      lastShown = now;
      lineOpen = true;
      err.print(ERASE_LINE + what + "  " + Names.count(done) + " of " + Names.count(total));
      err.flush();
    }
  }

  /** So much of it is done, of nobody knows how much. */
  public void at(String what, long done) {
    long now = System.nanoTime();
    if (interactive && now - lastShown >= SHORTEST_PAUSE_NANOS) {
      lastShown = now;
      lineOpen = true;
      err.print(ERASE_LINE + what + "  " + Names.count(done));
      err.flush();
    }
  }

  /** A step is done. */
  public void done(String what) {
    clear();
    err.println(what);
    err.flush();
  }

  /** Takes the unfinished line away. */
  public void clear() {
    if (lineOpen) {
      lineOpen = false;
      err.print(ERASE_LINE);
      err.flush();
    }
  }
}
