package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.ExportAuditRequest;
import dev.sightline.v1.ExportAuditResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a log out into a file. */
@Command(
    name = "export",
    description = {
      "Take the log, or a range of it, out into a file.",
      "JSON lines are for 'audit verify', --csv for people. The file appears whole or not at all."
    },
    footer = {"", "Example: sightline audit export acme-log.jsonl -o acme --as ada"})
final class AuditExport extends LookingCommand {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; left out, or -: the standard output.")
  private String file = STANDARD_OUTPUT;

  @Option(names = "--csv", description = "Comma-separated values instead of JSON lines.")
  private boolean csv;

  @Option(
      names = "--personal",
      description = "With names, e-mail addresses and titles that are not erased; else without.")
  private boolean personal;

  @Option(names = "--from-revision", paramLabel = "N", description = "From this revision on.")
  private long fromRevision;

  @Option(names = "--to-revision", paramLabel = "N", description = "Up to this revision.")
  private long toRevision;

  AuditExport(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run(Server server, Output output) throws IOException {
    Iterator<ExportAuditResponse> parts = server.audit().exportAudit(request());
    if (file.equals(STANDARD_OUTPUT)) {
      copy(parts, output);
      return ExitCode.DONE;
    }
    long bytes = save(parts, Path.of(file));
    output.line(
        "The log of " + organization() + " is in " + file + ": " + Names.count(bytes) + " bytes.");
    return ExitCode.DONE;
  }

  private ExportAuditRequest request() {
    var request =
        ExportAuditRequest.newBuilder()
            .setOrganizationId(organization())
            .setFormat(csv ? AuditFormat.AUDIT_FORMAT_CSV : AuditFormat.AUDIT_FORMAT_JSON_LINES)
            .setIncludePersonal(personal)
            .setFromRevision(fromRevision)
            .setThroughRevision(toRevision);
    actor().ifPresent(request::setActor);
    return request.build();
  }

  /** A part may end within a character: what is not whole waits for the next. */
  private static void copy(Iterator<ExportAuditResponse> parts, Output output) throws IOException {
    var decoded = new Utf8Parts(output.writer());
    while (parts.hasNext()) {
      decoded.write(parts.next().getPart().toByteArray());
    }
    output.writer().flush();
  }

  private long save(Iterator<ExportAuditResponse> parts, Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.usage("There is no folder for " + target + ".");
    }
    var progress = progress();
    Path partial = Files.createTempFile(folder, ".sightline-audit-", ".part");
    try {
      long bytes = 0;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        while (parts.hasNext()) {
          byte[] part = parts.next().getPart().toByteArray();
          out.write(part);
          bytes += part.length;
          progress.at("bytes", bytes);
        }
      }
      progress.clear();
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      return bytes;
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
