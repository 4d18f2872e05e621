package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import dev.sightline.cache.Requirement;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Ids;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.watch.Cursor;
import java.nio.charset.StandardCharsets;

/**
 * Cursors as watchers hold them: a position, and nothing else where all of its step has been told.
 * Within a step the position is followed by one byte that says whether time made the step, and the
 * last user and dashboard that were told of, each behind a byte of length.
 */
final class CursorToken {
  private CursorToken() {}

  static ByteString of(OrganizationId organization, Cursor cursor) {
    ByteString position =
        PositionToken.of(
            organization, cursor.revision(), cursor.throughMicros(), cursor.headPrefix());
    Cursor.Within within = cursor.within();
    if (within == null) {
      return position;
    }
    ByteString.Output bytes = ByteString.newOutput();
    bytes.write(within.byTime() ? 1 : 0);
    write(bytes, within.user().value());
    write(bytes, within.dashboard().value());
    return position.concat(bytes.toByteString());
  }

  private static void write(ByteString.Output bytes, String id) {
    byte[] text = id.getBytes(StandardCharsets.US_ASCII);
    bytes.write(text.length);
    bytes.write(text, 0, text.length);
  }

  /** What a watcher comes back with; it may be made up, and then is refused or tells nothing. */
  static Cursor parsed(OrganizationId organization, ByteString token) {
    String id = organization.value();
    int end = Math.min(token.size(), PositionToken.LENGTH);
    Requirement.AtLeast position = PositionToken.parsed(id, token.substring(0, end));
    Cursor.Within within = token.size() == end ? null : within(id, token.substring(end));
    return new Cursor(
        position.revision(), position.hashPrefix(), position.endedThroughMicros(), within);
  }

  private static Cursor.Within within(String organization, ByteString bytes) {
    int userLength = bytes.size() > 2 ? bytes.byteAt(1) & 0xff : bytes.size();
    int dashboardAt = 3 + userLength;
    if (dashboardAt > bytes.size()
        || (bytes.byteAt(2 + userLength) & 0xff) != bytes.size() - dashboardAt) {
      throw PositionToken.notOf(organization);
    }
    String user = bytes.substring(2, 2 + userLength).toStringUtf8();
    String dashboard = bytes.substring(dashboardAt).toStringUtf8();
    if (!UserId.isWellFormed(user) || !Ids.isWellFormed(dashboard)) {
      throw PositionToken.notOf(organization);
    }
    return new Cursor.Within(bytes.byteAt(0) != 0, new UserId(user), new DashboardId(dashboard));
  }
}
