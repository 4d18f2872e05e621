package dev.sightline.rpc;

import dev.sightline.graph.Digests;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Refusal.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose digests are wanted, in the order of ids. */
sealed interface DigestReaders {
  int MOST = 10_000;

  /** How many. */
  int size();

  /** The id of one of them. */
  String id(int index);

  /** Those whom a caller has named: each gets a digest, even an empty one. */
  record Named(List<String> ids) implements DigestReaders {
    /**
     * @throws io.grpc.StatusRuntimeException if there are too many, or not ids, or one twice
     */
    static Named of(List<String> ids) {
      if (ids.size() > MOST) {
        throw Requests.invalid(
            Reason.OUT_OF_RANGE,
            "user_ids",
            "a call names up to %d readers, not %d".formatted(MOST, ids.size()));
      }
      Set<String> seen = new HashSet<>();
      for (String id : ids) {
        if (!seen.add(Requests.user("user_ids", id).value())) {
          throw Requests.invalid(
              Reason.NAMED_TWICE, "user_ids", "the reader " + id + " is named twice");
        }
      }
      return new Named(ids.stream().sorted().toList());
    }

    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public String id(int index) {
      return ids.get(index);
    }
  }

  /**
   * Everybody who had subscribed to something when the call began. Kept as ordinals: there may be
   * millions.
   *
   * @param then what the ordinals are of
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Subscribers(OrgGraph then, int[] ordinals) implements DigestReaders {
    static Subscribers of(OrgGraph graph) {
      return new Subscribers(graph, Digests.subscribers(graph));
    }

    @Override
    public int size() {
      return ordinals.length;
    }

    @Override
    public String id(int index) {
      return then.person(ordinals[index]).value();
    }
  }
}
