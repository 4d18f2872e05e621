package dev.sightline.benchmarks.decision;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 64 KiB that are copied, the same ones each time: as fast as copying is. */
@State(Scope.Thread)
public class Memory {
  static final int LENGTH = 1 << 16;

  final byte[] bytes = new byte[LENGTH];
}
