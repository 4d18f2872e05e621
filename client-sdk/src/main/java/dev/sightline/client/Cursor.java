package dev.sightline.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sightline.v1.WatchedOrganization;
import java.util.Base64;

/**
 * How far a watch has told of one organization. A watch that begins {@link WatchBuilder#after} it
 * tells what came after it: nothing twice, nothing missed. Store it with whatever the events were
 * applied to, and it is good on any node and in any process.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="cursor"}
 */
public final class Cursor {
  private final String organization;
  private final ByteString token;

  Cursor(String organization, ByteString token) {
    this.organization = organization;
    this.token = token;
  }

  /** Right after a position, which any answer or write about this organization gave. */
  public static Cursor at(String organization, Position position) {
    return new Cursor(organization, position.token());
  }

  /**
   * A cursor that {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cursor ofBytes(byte[] bytes) {
    try {
      return of(WatchedOrganization.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("These bytes are no cursor; bytes() makes them.", e);
    }
  }

  static Cursor of(WatchedOrganization it) {
    return new Cursor(it.getOrganizationId(), it.getCursor());
  }

  /** The cursor as bytes to store: its organization's id and some 50 more. */
  public byte[] bytes() {
    return message().toByteArray();
  }

  WatchedOrganization message() {
    return WatchedOrganization.newBuilder()
        .setOrganizationId(organization)
        .setCursor(token)
        .build();
  }

  /** The organization's id. */
  public String organization() {
    return organization;
  }

  ByteString token() {
    return token;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cursor that
        && organization.equals(that.organization)
        && token.equals(that.token);
  }

  @Override
  public int hashCode() {
    return 31 * organization.hashCode() + token.hashCode();
  }

  @Override
  public String toString() {
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
    return "Cursor[" + organization + " " + text + "]";
  }
}
