package dev.sightline.change;

import java.util.List;

/**
 * What an organization keeps of somebody that is personal.
 *
 * @param fields where in records of the log values stand, such as {@code after.name}: sorted, none
 *     twice
 * @param values how many values the log has
 * @param beside whether anything stands beside the log: in the person's row, as a reason, in mails
 * @param naming mails to others that name the person and are not sent yet
 */
public record PersonalData(List<String> fields, int values, boolean beside, List<Unsent> naming) {
  public PersonalData {
    fields = List.copyOf(fields);
    naming = List.copyOf(naming);
  }

  /** A mail that waits or could not be sent. */
  public record Unsent(long id, Mail mail) {}

  public boolean isNothing() {
    return values == 0 && !beside && naming.isEmpty();
  }
}
