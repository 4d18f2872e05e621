package dev.sightline.graph;

import org.jspecify.annotations.Nullable;

/** All things of one kind: their nodes by ordinal, and their ordinals by id. */
final class Registry<N extends Node> {
  private static final Registry<?> EMPTY = new Registry<>(Chunked.empty(), IdTable.EMPTY);

  private final Chunked<N> nodes;
  private final IdTable ids;

  private Registry(Chunked<N> nodes, IdTable ids) {
    this.nodes = nodes;
    this.ids = ids;
  }

  @SuppressWarnings("unchecked") // holds nothing
  static <N extends Node> Registry<N> empty() {
    return (Registry<N>) EMPTY;
  }

  /** How many ordinals there are, those of what is gone included. */
  int size() {
    return nodes.size();
  }

  /** The node, present or gone, with an ordinal within [0, size). */
  N get(int ordinal) {
    return nodes.get(ordinal);
  }

  /** The node with an ordinal, present or gone; null if nothing has that ordinal here. */
  @Nullable N at(int ordinal) {
    return ordinal < 0 || ordinal >= nodes.size() ? null : nodes.get(ordinal);
  }

  /** The node with an ordinal, null if it is gone or nothing has that ordinal here. */
  @Nullable N present(int ordinal) {
    N node = at(ordinal);
    return node != null && node.present() ? node : null;
  }

  @Nullable N present(String id) {
    return present(ordinal(id));
  }

  /** The ordinal of an id, -1 if it has none. */
  int ordinal(String id) {
    return ids.find(id, nodes);
  }

  /** The ordinal of the id in {@code bytes[from, to)}, -1 if it has none. */
  int ordinal(byte[] bytes, int from, int to) {
    return ids.find(bytes, from, to, nodes);
  }

  Draft<N> draft() {
    return new Draft<>(this);
  }

  /** A private copy to change. */
  static final class Draft<N extends Node> {
    private final Registry<N> base;
    private Chunked.@Nullable Draft<N> nodes;
    private IdTable.@Nullable Draft ids;
    private long weightChange;

    private Draft(Registry<N> base) {
      this.base = base;
    }

    int size() {
      return nodes == null ? base.size() : nodes.size();
    }

    N get(int ordinal) {
      return nodes == null ? base.get(ordinal) : nodes.get(ordinal);
    }

    int ordinal(String id) {
      return ids == null || nodes == null ? base.ordinal(id) : ids.find(id, nodes);
    }

    void set(int ordinal, N node) {
      weightChange += node.weightInBytes() - get(ordinal).weightInBytes();
      nodes().set(ordinal, node);
    }

    /** Gives a new id the next ordinal. */
    int add(N node) {
      Chunked.Draft<N> changed = nodes();
      if (ids == null) {
        ids = base.ids.draft();
      }
      changed.add(node);
      ids.addLast(changed);
      weightChange += node.weightInBytes();
      return changed.size() - 1;
    }

    private Chunked.Draft<N> nodes() {
      if (nodes == null) {
        nodes = base.nodes.draft();
        ids = base.ids.draft();
      }
      return nodes;
    }

    /** By how many bytes the nodes have become heavier. */
    long weightChange() {
      return weightChange;
    }

    /** What was drafted, for good. The draft is not used afterwards. */
    Registry<N> finished() {
      return nodes == null || ids == null ? base : new Registry<>(nodes.finished(), ids.finished());
    }
  }

  /** The heap of the table and the array, without the nodes. */
  long weightInBytes() {
    return size() == 0 ? 0 : 72 + ids.weightInBytes() + 4L * nodes.size() + nodes.size() / 16;
  }
}
