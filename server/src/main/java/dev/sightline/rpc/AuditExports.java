package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import dev.sightline.auth.Caller;
import dev.sightline.cache.Fresh;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.AuditLog;
import dev.sightline.store.LaterErasures;
import dev.sightline.store.LogHead;
import dev.sightline.store.LogPlace;
import dev.sightline.store.LoggedChange;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.ExportAuditRequest;
import dev.sightline.v1.ExportAuditResponse;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes logs out. Records are read some at a time, each time in a transaction of its own, so a slow
 * reader keeps no connection busy; and each time whoever reads must still be allowed to.
 */
final class AuditExports {
  private static final int TOGETHER = 500;
  private static final int PART = 1 << 20;

  private final Calls calls;
  private final Proof proof;
  private final AuditLog log;

  AuditExports(Calls calls, Proof proof, AuditLog log) {
    this.calls = calls;
    this.proof = proof;
    this.log = log;
  }

  void send(ExportAuditRequest request, Caller caller, Backpressure<ExportAuditResponse> stream)
      throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    var access =
        AuditAccess.of(caller, organization, request.hasActor() ? request.getActor() : null);
    AuditFormat format = format(request.getFormat());
    long from = AuditFilters.revision("from_revision", request.getFromRevision(), 1);
    long through =
        AuditFilters.revision("through_revision", request.getThroughRevision(), Long.MAX_VALUE);
    Instant at = proof.now();
    Fresh _ =
        calls.fresh(
            organization,
            Calls.fullyConsistent(),
            fresh -> {
              access.require(fresh);
              return fresh;
            });
    AuditFile.Range range =
        range(log.head(organization), from, through, at, request.getIncludePersonal());
    AuditFile file =
        format == AuditFormat.AUDIT_FORMAT_CSV ? new AuditTable(range) : new AuditLines(range);
    send(file, range, access, new Parts(stream));
    stream.complete();
  }

  private static AuditFormat format(AuditFormat format) {
    return switch (format) {
      case AUDIT_FORMAT_JSON_LINES, AUDIT_FORMAT_CSV -> format;
      case AUDIT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
          throw Enums.unknown("format", format, "AUDIT_FORMAT_JSON_LINES or AUDIT_FORMAT_CSV");
    };
  }

  private AuditFile.Range range(
      @Nullable LogHead head, long from, long asked, Instant at, boolean personal) {
    if (head == null) {
      throw new IllegalStateException("an organization that is there has no head");
    }
    long through = Math.min(asked, head.revision());
    if (from > through) {
      throw Requests.invalid(
          Reason.OUT_OF_RANGE,
          "from_revision",
          "Revisions %d to %d: there are none of them, as the log ends with revision %d."
              .formatted(from, through, head.revision()));
    }
    LogHash end =
        through == head.revision() ? head.hash() : hashBefore(head.organization(), through + 1);
    return new AuditFile.Range(
        head.organization(),
        from,
        through,
        head.revision(),
        hashBefore(head.organization(), from),
        end,
        at,
        personal);
  }

  /** Where the log has a hole it is taken out with the hole: whoever checks it is told. */
  private LogHash hashBefore(OrganizationId organization, long revision) {
    LogHash hash = log.hashBefore(organization, revision);
    return hash == null ? LogHash.EMPTY : hash;
  }

  private void send(AuditFile file, AuditFile.Range range, AuditAccess access, Parts parts)
      throws Exception {
    parts.add(file.begin());
    LogPlace place = new LogPlace(range.from() - 1, Integer.MAX_VALUE);
    LaterErasures erasures = log.laterErasures(range.organization());
    long records = 0;
    AuditLog.Part part;
    do {
      LogPlace after = place;
      part =
          calls.fresh(
              range.organization(),
              Calls.fullyConsistent(),
              fresh -> {
                access.require(fresh);
                return log.records(range.organization(), after, range.through(), TOGETHER);
              });
      for (LoggedChange change : part.records()) {
        parts.add(file.record(change));
        if (range.personal()) {
          erasures.follow(change);
        }
        place = change.place();
        records++;
      }
    } while (!part.isLast());
    parts.add(file.end(records, range.personal() ? erasures.find(range.through()) : List.of()));
    parts.flush();
  }

  /** Gathers bytes into messages. */
  private static final class Parts {
    private final Backpressure<ExportAuditResponse> stream;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    Parts(Backpressure<ExportAuditResponse> stream) {
      this.stream = stream;
    }

    void add(byte[] bytes) throws InterruptedException {
      for (int begin = 0; begin < bytes.length; ) {
        int length = Math.min(bytes.length - begin, PART - waiting.size());
        waiting.write(bytes, begin, length);
        begin += length;
        if (waiting.size() == PART) {
          flush();
        }
      }
    }

    void flush() throws InterruptedException {
      if (waiting.size() > 0) {
        stream.awaitReady();
        stream.send(
            ExportAuditResponse.newBuilder()
                .setPart(ByteString.copyFrom(waiting.toByteArray()))
                .build());
        waiting.reset();
      }
    }
  }
}
