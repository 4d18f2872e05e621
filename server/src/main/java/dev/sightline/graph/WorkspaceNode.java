package dev.sightline.graph;

/** A workspace: an ordinal for its id, and whether it exists. */
final class WorkspaceNode extends Node {
  private final boolean present;

  private WorkspaceNode(byte[] text, boolean present) {
    super(text);
    this.present = present;
  }

  static WorkspaceNode gone(byte[] text) {
    return new WorkspaceNode(text, false);
  }

  WorkspaceNode withPresent(boolean present) {
    return new WorkspaceNode(text, present);
  }

  @Override
  boolean present() {
    return present;
  }

  long fingerprint() {
    return present ? Fingerprints.workspace(stableHash()) : 0;
  }

  @Override
  long weightInBytes() {
    return 24 + arrayWeight(text.length, 1);
  }
}
