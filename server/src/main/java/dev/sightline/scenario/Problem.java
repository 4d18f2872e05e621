package dev.sightline.scenario;

/**
 * Why a file cannot be played.
 *
 * @param file the file that is wrong, which may be one that another names as {@code given}
 * @param step the number of the step, from 1; 0 if it is about none
 * @param line the line, from 1; 0 if it is about none
 * @param message what is wrong, and what is allowed
 */
public record Problem(String file, int step, int line, String message) {
  @Override
  public String toString() {
    return file
        + (step == 0 ? "" : ", step " + step)
        + (line == 0 ? "" : ", line " + line)
        + ": "
        + message;
  }
}
