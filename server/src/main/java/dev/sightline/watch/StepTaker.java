package dev.sightline.watch;

import dev.sightline.graph.LevelChanges;

/** Is told the steps of an organization, in order. */
interface StepTaker {
  /**
   * May wait for room, and then be interrupted.
   *
   * @param byTime whether time alone made the step
   */
  void take(LevelChanges step, boolean byTime) throws InterruptedException;

  /**
   * Asked now and then in long work.
   *
   * @throws java.util.concurrent.CancellationException if nobody wants it any more
   */
  void goOn();

  /** Takes what is left of a step for somebody who was told a part of it. */
  void takeRest(LevelChanges step, Cursor.Within told) throws InterruptedException;
}
