package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AuditFilter;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.SearchAuditRequest;
import dev.sightline.v1.SearchAuditResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds changes. */
@Command(
    name = "search",
    description = {
      "Find changes by who made them, whom or what they concern, what kind they are, and when.",
      "What is given must all be so. The newest come first."
    },
    footer = {
      "",
      "Examples: sightline audit search -o acme --as ada --dashboard sales",
      "          sightline audit search -o acme --as ada --actor bob --from 2027-01-31 --json"
    })
final class AuditSearch extends LookingCommand {
  private static final int LARGEST_PAGE = 1_000;

  /** More of a value is no use in a table. */
  private static final int MOST_CHARACTERS = 60;

  @Option(names = "--actor", paramLabel = "USER", description = "Who made the change.")
  private String madeBy = "";

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "A user, or support:AGENT, whom the change names.")
  private String user = "";

  @Option(names = "--team", paramLabel = "TEAM", description = "A team that it names.")
  private String team = "";

  @Option(
      names = "--dashboard",
      paramLabel = "DASHBOARD",
      description = "A dashboard that it names.")
  private String dashboard = "";

  @Option(
      names = "--workspace",
      paramLabel = "WORKSPACE",
      description = "A workspace that it names.")
  private String workspace = "";

  @Option(names = "--grant", paramLabel = "GRANT", description = "A support grant that it names.")
  private String grant = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "user, profile, team, membership, dashboard, entry, estate, grant, erasure, …")
  private String kind = "";

  @Option(names = "--from", paramLabel = "TIME", description = "Not before this time or day.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time or day.")
  private @Nullable Instant to;

  @Option(names = "--from-revision", paramLabel = "N", description = "Not before this revision.")
  private long fromRevision;

  @Option(names = "--to-revision", paramLabel = "N", description = "Not after this revision.")
  private long toRevision;

  @Option(names = "--oldest-first", description = "The oldest first.")
  private boolean oldestFirst;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; 0: all. Default: 100.",
      defaultValue = "100")
  private long limit;

  AuditSearch(Terminal terminal) {
    super(terminal);
  }

  @Override
  void checkUsage() {
    super.checkUsage();
    if (limit < 0) {
      throw CommandFailure.usage("--limit: " + limit + ", expected 1 or more, or 0 for all.");
    }
  }

  @Override
  ExitCode run(Server server, Output output) {
    var table =
        new Table(">REVISION", ">NO", "AT", "ACTOR", "KIND", "ABOUT", "BEFORE", "AFTER", "MORE");
    var request =
        SearchAuditRequest.newBuilder()
            .setOrganizationId(organization())
            .setFilter(filter())
            .setOldestFirst(oldestFirst);
    actor().ifPresent(request::setActor);
    long left = limit == 0 ? Long.MAX_VALUE : limit;
    do {
      request.setPageSize((int) Math.min(left, LARGEST_PAGE));
      SearchAuditResponse page = server.audit().searchAudit(request.build());
      for (AuditRecord record : page.getRecordsList()) {
        output.item(record);
        table.row(cells(record));
      }
      left -= page.getRecordsCount();
      request.setPageToken(page.getNextPageToken());
    } while (left > 0 && !request.getPageToken().isEmpty());
    output.table(table, "There is no such change in the log of " + organization() + ".");
    if (!request.getPageToken().isEmpty()) {
      progress().done("There are more; --limit says how many are shown.");
    }
    return ExitCode.DONE;
  }

  private AuditFilter filter() {
    return AuditFilter.newBuilder()
        .setActorId(madeBy)
        .setUserId(user)
        .setTeamId(team)
        .setDashboardId(dashboard)
        .setWorkspaceId(workspace)
        .setGrantId(grant)
        .setKind(kind.toUpperCase(Locale.ROOT).replace('-', '_'))
        .setFromMicros(from == null ? 0 : Names.micros(from))
        .setToMicros(to == null ? 0 : Names.micros(to))
        .setFromRevision(fromRevision)
        .setThroughRevision(toRevision)
        .build();
  }

  private static String[] cells(AuditRecord record) {
    return new String[] {
      Long.toString(record.getRevision()),
      Integer.toString(record.getNumber()),
      Names.time(record.getAtMicros()),
      Names.orDash(record.getActorId()),
      record.getKind().toLowerCase(Locale.ROOT),
      Names.orDash(
          shortened(
              record.getSubjectsList().stream()
                  .map(subject -> subject.getType() + " " + subject.getId())
                  .collect(Collectors.joining(", ")))),
      value(record.getBefore()),
      value(record.getAfter()),
      more(record)
    };
  }

  /** Personal values that stand neither before nor after: why something was done. */
  private static String more(AuditRecord record) {
    return Names.orDash(
        shortened(
            record.getPersonalList().stream()
                .filter(value -> !value.getField().contains("."))
                .map(value -> value.getField() + ": " + value.getValue())
                .collect(Collectors.joining(", "))));
  }

  private static String value(String json) {
    return json.equals("null") ? "-" : shortened(json);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.codePointCount(0, line.length()) <= MOST_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
  }
}
