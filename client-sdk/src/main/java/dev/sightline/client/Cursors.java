package dev.sightline.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sightline.v1.StartWatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a watch has told of all its organizations: a {@link Cursor} for each. Immutable; {@link
 * #bytes} and {@link #ofBytes} carry it to another process.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="cursors"}
 */
public final class Cursors {
  private static final Cursors NONE = new Cursors(Map.of(), false);

  private final Map<String, Cursor> byOrganization;
  private final boolean complete;

  Cursors(Map<String, Cursor> byOrganization, boolean complete) {
    this.byOrganization = Map.copyOf(byOrganization);
    this.complete = complete;
  }

  /** No cursors: a watch begins with what happens from now on. */
  public static Cursors none() {
    return NONE;
  }

  /**
   * These cursors, at most one of each organization. They are all there are: an organization
   * without one is taken for new, and told from its creation.
   *
   * @throws IllegalArgumentException if two are of the same organization
   */
  public static Cursors of(Collection<Cursor> cursors) {
    return new Cursors(byOrganization(cursors), !cursors.isEmpty());
  }

  /**
   * Cursors that {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static Cursors ofBytes(byte[] bytes) {
    try {
      var it = StartWatch.parseFrom(bytes);
      var cursors = it.getOrganizationsList().stream().map(Cursor::of).toList();
      return new Cursors(byOrganization(cursors), it.getUnnamedFromCreation());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("These bytes are no cursors; bytes() makes them.", e);
    }
  }

  private static Map<String, Cursor> byOrganization(Collection<Cursor> cursors) {
    var all = new TreeMap<String, Cursor>();
    for (var cursor : cursors) {
      if (all.put(cursor.organization(), cursor) != null) {
        throw new IllegalArgumentException(
            "There are two cursors of '" + cursor.organization() + "'; name each once.");
      }
    }
    return all;
  }

  /** The cursors as bytes to store: some 100 for each organization. */
  public byte[] bytes() {
    return StartWatch.newBuilder()
        .addAllOrganizations(all().stream().map(Cursor::message).toList())
        .setUnnamedFromCreation(complete)
        .build()
        .toByteArray();
  }

  /** One for each organization, by its id. */
  public List<Cursor> all() {
    return List.copyOf(new TreeMap<>(byOrganization).values());
  }

  /** An organization's cursor, if there is one. */
  public Optional<Cursor> cursor(String organization) {
    return Optional.ofNullable(byOrganization.get(organization));
  }

  /**
   * Whether the watch had begun in every organization when these were taken. If so, one that has no
   * cursor was created later, and is told from its creation; else it is told from now on.
   */
  public boolean complete() {
    return complete;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cursors that
        && complete == that.complete
        && byOrganization.equals(that.byOrganization);
  }

  @Override
  public int hashCode() {
    return byOrganization.hashCode();
  }

  @Override
  public String toString() {
    return "Cursors[" + byOrganization.size() + " organizations, complete=" + complete + "]";
  }
}
