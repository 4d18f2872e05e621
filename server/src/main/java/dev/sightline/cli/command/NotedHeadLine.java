package dev.sightline.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sightline.cli.output.Names;
import dev.sightline.v1.AuditHead;
import java.util.HexFormat;

/** A head as a server notes it in a file of its own, and as {@code audit verify} reads it. */
final class NotedHeadLine {
  private NotedHeadLine() {}

  static String of(AuditHead head) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", Names.time(head.getAtMicros()))
        .put("organization", head.getOrganizationId())
        .put("revision", head.getRevision())
        .put("hash", HexFormat.of().formatHex(head.getHash().toByteArray()))
        .toString();
  }
}
