package dev.sightline.rpc;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.sightline.change.Instants;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.LogHead;
import dev.sightline.store.LogSubject;
import dev.sightline.store.LoggedChange;
import dev.sightline.store.PersonalValue;
import dev.sightline.v1.AuditBreak;
import dev.sightline.v1.AuditHead;
import dev.sightline.v1.AuditPersonalValue;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.AuditSubject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Records of the log, as the contract has them. */
final class AuditMessages {
  private static final int MOST_SUBJECTS = 100;

  /** In bytes: with the values before and after once more, a record is then well below a MiB. */
  private static final int LARGEST_RECORD = 1 << 18;

  /** Of what is cut, so many characters. */
  private static final int LEFT = 1 << 14;

  private AuditMessages() {}

  static AuditRecord record(LoggedChange change) {
    JsonNode body = change.json();
    JsonNode readable = change.personal().isEmpty() ? body : revealed(change);
    boolean isCut = change.body().length > LARGEST_RECORD;
    AuditRecord.Builder record =
        AuditRecord.newBuilder()
            .setRevision(change.place().revision())
            .setNumber(change.place().number())
            .setAtMicros(Instants.micros(Instant.parse(body.path("at").asText())))
            .setActorId(text(body, "actor"))
            .setActorOrganizationId(text(body, "actorOrganization"))
            .setCaller(text(body, "caller"))
            .setKind(text(body, "kind"))
            .setBefore(text(json(readable.path("before")), isCut))
            .setAfter(text(json(readable.path("after")), isCut))
            .setRecord(text(new String(change.body(), StandardCharsets.UTF_8), isCut))
            .setCut(isCut)
            .setHash(ByteString.copyFrom(change.hash().bytes()));
    LogSubject.named(body).stream()
        .limit(MOST_SUBJECTS)
        .forEach(subject ->
            record.addSubjects(
                AuditSubject.newBuilder().setType(subject.type()).setId(subject.id())));
    change
        .personal()
        .forEach(value ->
            record.addPersonal(
                AuditPersonalValue.newBuilder()
                    .setField(value.field())
                    .setAbout(value.about().user().value())
                    .setValue(value.value())));
    return record.build();
  }

  private static String text(String json, boolean isCut) {
    if (!isCut || json.length() <= LEFT) {
      return json;
    }
    int end = Character.isHighSurrogate(json.charAt(LEFT - 1)) ? LEFT - 1 : LEFT;
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    return "%s… cut: %d bytes in all".formatted(json.substring(0, end), bytes);
  }

  /** The record with the personal values that are not erased in the places of the commitments. */
  static JsonNode revealed(LoggedChange change) {
    JsonNode body = change.json();
    for (PersonalValue value : change.personal()) {
      JsonPointer place = JsonPointer.compile(value.pointer());
      if (body.at(place.head()) instanceof ObjectNode holder) {
        holder.put(place.last().getMatchingProperty(), value.value());
      }
    }
    return body;
  }

  private static String json(JsonNode value) {
    return value.isMissingNode() ? "null" : value.toString();
  }

  /** A field of a record; empty where there is nothing. */
  static String text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    return value.isTextual() ? value.asText() : "";
  }

  static AuditHead head(LogHead head) {
    return AuditHead.newBuilder()
        .setOrganizationId(head.organization().value())
        .setRevision(head.revision())
        .setHash(ByteString.copyFrom(head.hash().bytes()))
        .setAtMicros(Instants.micros(head.at()))
        .build();
  }

  static AuditBreak broken(ChainCheck.Broken broken) {
    return AuditBreak.newBuilder()
        .setRevision(broken.revision())
        .setNumber(broken.number())
        .setHow(broken.how())
        .build();
  }
}
