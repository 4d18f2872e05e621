package dev.sightline.model;

/**
 * Names an access request, unique everywhere.
 *
 * @param value {@code [A-Za-z0-9_.@+-]{1,128}}, case-sensitive, never used again
 */
public record RequestId(String value) implements Comparable<RequestId> {
  public RequestId {
    Ids.requireWellFormed(value, "request id");
  }

  @Override
  public int compareTo(RequestId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
