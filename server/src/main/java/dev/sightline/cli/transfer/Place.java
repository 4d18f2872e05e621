package dev.sightline.cli.transfer;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import java.util.LinkedHashMap;

/** Where in a file the reader is, so that a refusal can say it. */
final class Place {
  private final String file;
  private String organization = "";
  private String record = "";

  Place(String file) {
    this.file = file;
  }

  void atOrganization(String id) {
    organization = id;
    record = "";
  }

  void atRecord(String name) {
    record = name;
  }

  /** What the record here, or the organization, must not be like this. */
  CommandFailure malformed(String problem) {
    return failure(this + ": " + problem);
  }

  /** The file has no end. */
  CommandFailure cutShort(long line, int column) {
    return failure(
        this
            + ": the file ends here, at line "
            + line
            + ", column "
            + column
            + ": it is cut short");
  }

  private CommandFailure failure(String message) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("file", file);
    if (!organization.isEmpty()) {
      facts.put("organization_id", organization);
    }
    if (!record.isEmpty()) {
      facts.put("record", record);
    }
    return new CommandFailure(
        ExitCode.REFUSED,
        "INVALID_ARGUMENT",
        "MALFORMED_IMPORT",
        message + ". Nothing was imported.",
        facts);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (!organization.isEmpty()) {
      text.append(", organization ").append(organization);
    }
    if (!record.isEmpty()) {
      text.append(", ").append(record);
    }
    return text.toString();
  }
}
