package dev.sightline.benchmarks.decision;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/** The organization's ids in UTF-8, by number. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record EncodedIds(byte[][] users, byte[][] dashboards) {
  static EncodedIds all() {
    return new EncodedIds(
        encoded(LargeOrganization.USERS, LargeOrganization::user),
        encoded(LargeOrganization.DASHBOARDS, LargeOrganization::dashboard));
  }

  private static byte[][] encoded(int count, IntFunction<String> id) {
    byte[][] encoded = new byte[count][];
    Arrays.setAll(encoded, i -> id.apply(i).getBytes(StandardCharsets.UTF_8));
    return encoded;
  }
}
