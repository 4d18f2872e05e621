package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change of who has access, whole or not at all. */
abstract class AccessChange extends ActingCommand {
  @Parameters(index = "0", paramLabel = "DASHBOARD", description = "The dashboard.")
  private String dashboard = "";

  @Option(names = "--dry-run", description = "Change nothing; show whose level would change.")
  private boolean dryRun;

  @Option(
      names = "--etag",
      paramLabel = "ETAG",
      description = "From 'access show': refuse if anything has changed since.")
  private String etag = "";

  AccessChange(Terminal terminal) {
    super(terminal);
  }

  /** Adds what this command changes. */
  abstract void describe(UpdateAccessRequest.Builder request);

  @Override
  ExitCode run(Server server, Output output) {
    var request =
        UpdateAccessRequest.newBuilder()
            .setOrganizationId(organization())
            .setActor(actor())
            .setDashboardId(dashboard)
            .setEtag(etag)
            .setDryRun(dryRun)
            .setIdempotencyKey(newKey());
    describe(request);
    UpdateAccessResponse response = server.dashboards().updateAccess(request.build());
    return dryRun ? showEffects(output, response) : showAccess(output, response);
  }

  private ExitCode showEffects(Output output, UpdateAccessResponse response) {
    output.document(response);
    output.line(
        Names.count(response.getEffectCount()) + " levels would change. Nothing is changed yet.");
    if (response.getEffectsCount() > 0) {
      output.table(EntryTable.effects(response.getEffectsList(), output.style()), "");
    }
    return ExitCode.DONE;
  }

  private ExitCode showAccess(Output output, UpdateAccessResponse response) {
    ExitCode exit =
        written(
            output,
            response,
            response.getWritten(),
            "Access to "
                + dashboard
                + ": company default "
                + output.style().level(response.getCompanyDefault())
                + ".");
    output.table(EntryTable.of(response.getEntriesList(), output.style()), "No entries.");
    return exit;
  }

  @Command(
      name = "set",
      description = "Set entries for users and teams, exactly as said.",
      footer = {
        "",
        "Examples: sightline access set sales ada=editor team:interns=none --as bob --dry-run",
        "          sightline access set sales eve=viewer --for 7d --as bob"
      })
  static final class SetEntries extends AccessChange {
    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "SUBJECT=LEVEL",
        description = "A user or team:TEAM, and none, viewer or editor.")
    private Map<SubjectArgument, Level> entries = new LinkedHashMap<>();

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description =
            "When they end, like 2027-01-31T18:00:00Z; a day ends them at its begin (UTC).")
    private @Nullable Instant until;

    @Option(names = "--for", paramLabel = "TIME", description = "For how long, like 8h or 7d.")
    private @Nullable Duration duration;

    SetEntries(Terminal terminal) {
      super(terminal);
    }

    @Override
    void checkUsage() {
      super.checkUsage();
      if (until != null && duration != null) {
        throw CommandFailure.usage("--until and --for exclude each other.");
      }
    }

    @Override
    void describe(UpdateAccessRequest.Builder request) {
      entries.forEach((subject, level) -> request.addSet(entry(subject, level)));
    }

    private EntryToSet entry(SubjectArgument subject, Level level) {
      var entry = EntryToSet.newBuilder().setLevel(level);
      if (subject.isTeam()) {
        entry.setTeamId(subject.id());
      } else {
        entry.setUserId(subject.id());
      }
      if (until != null) {
        entry.setEndsAtMicros(Names.micros(until));
      } else if (duration != null) {
        entry.setExpiresInMicros(Durations.micros(duration));
      }
      return entry.build();
    }
  }

  @Command(
      name = "remove",
      description = "Remove entries: what lies beneath counts again, which can be more.")
  static final class Remove extends AccessChange {
    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "SUBJECT",
        description = "A user or team:TEAM.")
    private List<SubjectArgument> subjects = List.of();

    Remove(Terminal terminal) {
      super(terminal);
    }

    @Override
    void describe(UpdateAccessRequest.Builder request) {
      subjects.forEach(subject -> request.addRemove(entry(subject)));
    }

    private static EntryToRemove entry(SubjectArgument subject) {
      return subject.isTeam()
          ? EntryToRemove.newBuilder().setTeamId(subject.id()).build()
          : EntryToRemove.newBuilder().setUserId(subject.id()).build();
    }
  }

  @Command(
      name = "default",
      description = "Set the company default: what everybody has who has nothing else.")
  static final class Default extends AccessChange {
    @Parameters(index = "1", paramLabel = "LEVEL", description = "none, viewer or editor.")
    private Level level = Level.LEVEL_UNSPECIFIED;

    Default(Terminal terminal) {
      super(terminal);
    }

    @Override
    void describe(UpdateAccessRequest.Builder request) {
      request.setCompanyDefault(level);
    }
  }
}
