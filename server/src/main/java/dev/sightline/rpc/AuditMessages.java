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

  private AuditMessages() {}

  static AuditRecord record(LoggedChange change) {
    JsonNode body = change.json();
    JsonNode readable = revealed(change);
    AuditRecord.Builder record =
        AuditRecord.newBuilder()
            .setRevision(change.place().revision())
            .setNumber(change.place().number())
            .setAtMicros(Instants.micros(Instant.parse(body.path("at").asText())))
            .setActorId(text(body, "actor"))
            .setActorOrganizationId(text(body, "actorOrganization"))
            .setCaller(text(body, "caller"))
            .setKind(text(body, "kind"))
            .setBefore(json(readable.path("before")))
            .setAfter(json(readable.path("after")))
            .setRecord(new String(change.body(), StandardCharsets.UTF_8))
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
                    .setAbout(value.about())
                    .setValue(value.value())));
    return record.build();
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
