package dev.sightline.graph;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the graph holds of one thing with an id. Immutable; a node whose thing is gone stays, as not
 * {@link #present}, so that its ordinal never means another id.
 */
abstract sealed class Node permits PersonNode, DashboardNode, TeamNode, WorkspaceNode, GrantNode {
  private static final int FROM = 1;

  /** One byte with the id's length, the id in ASCII, and whatever text comes after it. */
  final byte[] text;

  Node(byte[] text) {
    this.text = text;
  }

  /** The text of a node: its id, and {@code rest} in UTF-8. */
  static byte[] text(String id, String rest) {
    byte[] name = rest.getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[FROM + id.length() + name.length];
    text[0] = (byte) id.length();
    System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, text, FROM, id.length());
    System.arraycopy(name, 0, text, FROM + id.length(), name.length);
    return text;
  }

  /** Compares the ids of two texts as strings are compared: ids are ASCII. */
  static int compareIds(byte[] one, byte[] other) {
    return Arrays.compare(one, FROM, FROM + (one[0] & 0xff), other, FROM, FROM + (other[0] & 0xff));
  }

  /**
   * Eight characters of a text's id from the one at {@code from} on, zeros after its end: of two
   * ids that are the same before them, the one with the lower number comes first.
   */
  static long idCharacters(byte[] text, int from) {
    int end = FROM + (text[0] & 0xff);
    long characters = 0;
    for (int at = FROM + from; at < FROM + from + Long.BYTES; at++) {
      characters = characters << Byte.SIZE | (at < end ? text[at] : 0);
    }
    return characters;
  }

  /** Whether the thing exists at the graph's position. */
  abstract boolean present();

  /** The heap that the node alone takes, in bytes. */
  abstract long weightInBytes();

  final String id() {
    return new String(text, FROM, idLength(), StandardCharsets.US_ASCII);
  }

  /** What comes after the id. */
  final String rest() {
    int from = FROM + idLength();
    return new String(text, from, text.length - from, StandardCharsets.UTF_8);
  }

  final boolean hasId(String id) {
    int length = idLength();
    if (id.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (id.charAt(i) != text[FROM + i]) {
        return false;
      }
    }
    return true;
  }

  final boolean hasId(byte[] bytes, int from, int to) {
    return Arrays.equals(text, FROM, FROM + idLength(), bytes, from, to);
  }

  /** The hash that the table of ids looks up by; this process's own. */
  final long idHash() {
    return IdHash.of(text, FROM, FROM + idLength());
  }

  /** The hash that fingerprints are made of; the same in every process. */
  final long stableHash() {
    return Xx64.hash(text, FROM, FROM + idLength(), 0);
  }

  /** The stable hash of what comes after the id. */
  final long restHash() {
    return Xx64.hash(text, FROM + idLength(), text.length, 0);
  }

  private int idLength() {
    return text[0] & 0xff;
  }

  /** The heap of an array, header and padding included. */
  static long arrayWeight(int length, int elementBytes) {
    return length == 0 ? 0 : (16L + (long) length * elementBytes + 7) & ~7;
  }

  static long weight(int[] array) {
    return arrayWeight(array.length, Integer.BYTES);
  }
}
