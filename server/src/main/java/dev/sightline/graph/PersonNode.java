package dev.sightline.graph;

/** Whoever may have a level: users and agents share one space of ordinals. */
abstract sealed class PersonNode extends Node permits UserNode, AgentNode {
  PersonNode(byte[] text) {
    super(text);
  }
}
