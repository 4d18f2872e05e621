package dev.sightline.watch;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run in turns, one at a time, in every order: a turn ends where a thread waits or
 * ends, and also at some of the places where a story lets it {@link #pause}. Who is next is chosen
 * anew in every run, until each choice has been made; so what goes wrong goes wrong again.
 *
 * <p>They are virtual threads whose carrier is the thread of the test. Where they block, on locks
 * and futures as usual, they leave it, and who is woken waits here for its turn.
 */
final class Turns implements Executor {
  private static final Constructor<? extends Thread.Builder.OfVirtual> ON = constructor();

  private final Choices choices;
  private final Thread.Builder.OfVirtual threads;
  private final List<Runnable> due = new ArrayList<>();
  private int pausesLeft;
  private @Nullable Throwable failure;

  private Turns(Choices choices, int mostPauses) {
    this.choices = choices;
    this.pausesLeft = mostPauses;
    this.threads = threads(this::addDue).uncaughtExceptionHandler((_, e) -> failure = e);
  }

  /** What was chosen, and out of how many; what comes next is the first. */
  private static final class Choices {
    private final List<int[]> made = new ArrayList<>();
    private int next;

    int choose(int outOf) {
      if (next == made.size()) {
        made.add(new int[] {0, outOf});
      }
      int[] choice = made.get(next++);
      if (choice[1] != outOf) {
        throw new IllegalStateException("the story is another one than before");
      }
      return choice[0];
    }

    /** Whether there is a choice that has not been made. */
    boolean advance() {
      while (!made.isEmpty() && made.getLast()[0] + 1 == made.getLast()[1]) {
        made.removeLast();
      }
      if (!made.isEmpty()) {
        made.getLast()[0]++;
      }
      next = 0;
      return !made.isEmpty();
    }

    @Override
    public String toString() {
      return made.stream().map(choice -> choice[0]).toList().toString();
    }
  }

  /**
   * Tells a story in every order.
   *
   * @param mostPauses so many times in a run a turn ends although its thread could go on
   * @return how many orders there are
   */
  static int inEveryOrder(int mostPauses, Consumer<Turns> story) {
    Choices choices = new Choices();
    int orders = 0;
    do {
      orders++;
      try {
        story.accept(new Turns(choices, mostPauses));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("in order " + orders + ", " + choices, e);
      }
    } while (choices.advance());
    return orders;
  }

  /** Begins a thread, which waits for its turn. */
  @Override
  public void execute(Runnable work) {
    var _ = threads.start(work);
    pause();
  }

  /** Begins threads and gives turns until nobody can go on. */
  void run(Runnable... works) {
    for (Runnable work : works) {
      var _ = threads.start(work);
    }
    Runnable last = null;
    while (!due.isEmpty()) {
      last = next(last);
      last.run();
    }
    rethrow();
  }

  private void rethrow() {
    if (failure != null) {
      throw new AssertionError("a thread failed", failure);
    }
  }

  /** Runs threads one after the other, for what is told before and after. */
  void inOneOrder(Runnable... works) {
    int left = pausesLeft;
    pausesLeft = 0;
    for (Runnable work : works) {
      var _ = threads.start(work);
      while (!due.isEmpty()) {
        due.removeFirst().run();
      }
    }
    pausesLeft = left;
    rethrow();
  }

  /** Lets others have their turn here. */
  @SuppressWarnings("ThreadPriorityCheck") // who is next is chosen here
  void pause() {
    if (pausesLeft > 0 && Thread.currentThread().isVirtual()) {
      Thread.yield();
    }
  }

  private Runnable next(@Nullable Runnable last) {
    int own = due.indexOf(last);
    if (own < 0) {
      return due.remove(due.size() == 1 ? 0 : choices.choose(due.size()));
    }
    // It goes on unless somebody else is chosen.
    due.addFirst(due.remove(own));
    int chosen = pausesLeft == 0 || due.size() == 1 ? 0 : choices.choose(due.size());
    pausesLeft -= chosen == 0 ? 0 : 1;
    return due.remove(chosen);
  }

  private void addDue(Runnable turn) {
    due.add(turn);
  }

  private static Thread.Builder.OfVirtual threads(Executor turns) {
    try {
      return ON.newInstance(turns);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK's own tests use it; there is no public way yet. */
  private static Constructor<? extends Thread.Builder.OfVirtual> constructor() {
    try {
      Constructor<? extends Thread.Builder.OfVirtual> on =
          Thread.ofVirtual().getClass().getDeclaredConstructor(Executor.class);
      on.setAccessible(true);
      return on;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException("needs --add-opens java.base/java.lang=ALL-UNNAMED", e);
    }
  }
}
