package dev.sightline.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.cli.audit.ExportedLog;
import dev.sightline.cli.audit.NotedHeads;
import dev.sightline.cli.audit.Verdict;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an exported log without a server. */
@Command(
    name = "verify",
    description = {
      "Check a log that 'audit export' took out, without a server, and name the first line that is"
          + " wrong: altered, left out, put in, moved, or cut off.",
      "With personal values in it ('audit export --personal'), it also sees that each that is missing"
          + " was erased, as a later record says.",
      "A log that was rewritten as a whole fits in itself: --heads compares it with what was noted"
          + " elsewhere, by 'serve --audit-heads' or 'audit heads --json'.",
      "Exit code 0: it is whole, 1: it is not."
    },
    footer = {"", "Example: sightline audit verify acme-log.jsonl --heads /elsewhere/heads"})
final class AuditVerify implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "The exported log (JSON lines).")
  private Path file = Path.of("");

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = "Heads noted outside of the database.")
  private @Nullable Path heads;

  @Mixin private OutputOptions answers = new OutputOptions();

  AuditVerify(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    requireReadable(file);
    NotedHeads noted = NotedHeads.none();
    if (heads != null) {
      requireReadable(heads);
      String organization = ExportedLog.organization(file);
      noted = organization == null ? noted : NotedHeads.read(heads, organization);
    }
    return say(ExportedLog.check(file, noted), answers.output(terminal)).code();
  }

  private static void requireReadable(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw CommandFailure.usage("There is no file " + file + " that can be read.");
    }
  }

  private ExitCode say(Verdict verdict, Output output) {
    if (output.isJson()) {
      output.raw(json(verdict).toString());
    }
    return switch (verdict) {
      case Verdict.Whole whole -> {
        sayWhole(whole, output);
        yield ExitCode.DONE;
      }
      case Verdict.Broken broken -> {
        output.line(
            output.style().bad("broken")
                + "  line %s, revision %d, number %d: %s."
                    .formatted(
                        Names.count(broken.line()),
                        broken.revision(),
                        broken.number(),
                        broken.how()));
        yield ExitCode.NO;
      }
    };
  }

  private void sayWhole(Verdict.Whole whole, Output output) {
    output.line(
        output.style().good("whole")
            + "  %s, revisions %d to %d of %d, %s records, ends with %s."
                .formatted(
                    whole.organization(),
                    whole.from(),
                    whole.through(),
                    whole.head(),
                    Names.count(whole.records()),
                    whole.hash()));
    sayPersonal(whole, output);
    if (heads != null) {
      output.line(
          "%s noted heads are the same; %s stand at revisions that this file does not hold."
              .formatted(Names.count(whole.compared()), Names.count(whole.notInFile())));
    }
  }

  private static void sayPersonal(Verdict.Whole whole, Output output) {
    if (!whole.personal() && whole.revealed() == 0) {
      output.line(
          "Personal values are not in this file, so it does not show whether one is missing.");
      return;
    }
    output.line(
        "%s personal values are those that their records commit to; %s were erased, as records say."
            .formatted(Names.count(whole.revealed()), Names.count(whole.erased())));
    if (whole.unrecorded() > 0) {
      output.line(
          "Of these, %s were missing already when erasing began to be recorded: erased before, or tampered with."
              .formatted(Names.count(whole.unrecorded())));
    }
    for (Verdict.ErasedLater later : whole.later()) {
      output.line(
          "%s about %s are missing; revision %d, which this file does not hold, is said to have erased them."
              .formatted(Names.count(later.values()), later.person(), later.revision()));
    }
  }

  private static ObjectNode json(Verdict verdict) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return switch (verdict) {
      case Verdict.Whole whole ->
          node.put("whole", true)
              .put("organization", whole.organization())
              .put("from_revision", whole.from())
              .put("through_revision", whole.through())
              .put("head_revision", whole.head())
              .put("hash", whole.hash())
              .put("records", whole.records())
              .put("personal", whole.personal())
              .put("personal_values", whole.revealed())
              .put("erased_values", whole.erased())
              .put("values_erased_unrecorded", whole.unrecorded())
              .put(
                  "values_erased_later",
                  whole.later().stream().mapToLong(Verdict.ErasedLater::values).sum())
              .put("heads_compared", whole.compared())
              .put("heads_not_in_file", whole.notInFile());
      case Verdict.Broken broken ->
          node.put("whole", false)
              .put("line", broken.line())
              .put("revision", broken.revision())
              .put("number", broken.number())
              .put("how", broken.how());
    };
  }
}
