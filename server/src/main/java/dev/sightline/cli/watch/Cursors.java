package dev.sightline.cli.watch;

import com.google.protobuf.ByteString;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchedOrganization;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far a watch has come in each organization. */
public final class Cursors {
  private final StartWatch begin;
  private final Map<String, ByteString> reached = new LinkedHashMap<>();

  /**
   * Whether every organization that there was at the begin is known. Until then one that is not
   * known may be old, and would be told from its creation if that were asked for.
   */
  private boolean complete;

  /**
   * @param begin what to watch, and from where
   */
  public Cursors(StartWatch begin) {
    this.begin = begin;
    begin
        .getOrganizationsList()
        .forEach(one -> reached.put(one.getOrganizationId(), one.getCursor()));
  }

  /** What to ask for in order to be told what has not been told yet. */
  StartWatch goingOn() {
    StartWatch.Builder start = begin.toBuilder().clearOrganizations();
    reached.forEach((organization, cursor) ->
        start.addOrganizations(
            WatchedOrganization.newBuilder().setOrganizationId(organization).setCursor(cursor)));
    return start.setUnnamedFromCreation(complete || begin.getUnnamedFromCreation()).build();
  }

  /** Whether no organization is watched beside those named. */
  boolean isJustNamed() {
    return begin.getScopeCase() == StartWatch.ScopeCase.SCOPE_NOT_SET;
  }

  /** How many organizations are known. */
  int count() {
    return reached.size();
  }

  /** Notes what was told. */
  void told(WatchEvent event) {
    switch (event.getEventCase()) {
      case STARTED ->
          reached.put(event.getStarted().getOrganizationId(), event.getStarted().getCursor());
      case LEVELS_CHANGED ->
          reached.put(
              event.getLevelsChanged().getOrganizationId(), event.getLevelsChanged().getCursor());
      case PROGRESS ->
          reached.put(event.getProgress().getOrganizationId(), event.getProgress().getCursor());
      case RESYNC -> resync(event.getResync().getOrganizationId(), event.getResync().getCursor());
      case CUT_OFF ->
          event
              .getCutOff()
              .getOrganizationsList()
              .forEach(one -> reached.put(one.getOrganizationId(), one.getCursor()));
      case HEARTBEAT -> complete = true;
      case CONFIRM, EVENT_NOT_SET -> {}
    }
  }

  /** An organization that is gone has no cursor to come back with. */
  private void resync(String organization, ByteString cursor) {
    if (cursor.isEmpty()) {
      reached.remove(organization);
    } else {
      reached.put(organization, cursor);
    }
  }

  /**
   * How far, as {@code --from} takes it: {@code ID=CURSOR} for each organization that has a cursor.
   */
  public Map<String, String> written() {
    var written = new LinkedHashMap<String, String>();
    reached.forEach((organization, cursor) -> {
      if (!cursor.isEmpty()) {
        written.put(organization, write(cursor));
      }
    });
    return written;
  }

  private static String write(ByteString cursor) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.toByteArray());
  }

  /** Reads a cursor as it is written here, or as JSON has it; empty if it is none. */
  public static Optional<ByteString> read(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
      return bytes.length == 0 ? Optional.empty() : Optional.of(ByteString.copyFrom(bytes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
