package dev.sightline.history;

import dev.sightline.client.Answer;
import dev.sightline.client.Code;
import dev.sightline.client.Decision;
import dev.sightline.client.Evidence;
import dev.sightline.client.Freshness;
import dev.sightline.client.ListOptions;
import dev.sightline.client.Organization;
import dev.sightline.client.Page;
import dev.sightline.client.Position;
import dev.sightline.client.Purpose;
import dev.sightline.client.Reason;
import dev.sightline.client.Sightline;
import dev.sightline.client.SightlineException;
import dev.sightline.client.VisibleDashboard;
import dev.sightline.history.Call.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks whatever comes to mind with one client of the SDK, and records it. Safe for threads. */
final class Asker implements AutoCloseable {
  /** How many of the newest are asked about most. */
  static final int FEW = 4;

  private static final int LARGEST_BATCH = 60;
  private static final Duration IMPATIENCE = Duration.ofMillis(5);
  private static final int VERY_MUCH = 4_000;

  /** What becomes of what was asked. */
  interface Sink {
    void answered(Call call);

    /** There was no answer, for a reason that faults may be to blame for. */
    void failed(long begun, long received, String why);

    /** There was no answer, for a reason that nothing excuses. */
    void broken(String what);
  }

  private final int client;
  private final Sightline sightline;
  private final boolean holds;
  private final Sink sink;
  private final Seen[] seen;

  /** What this client has seen of an organization, as the SDK must know it, too. */
  private static final class Seen {
    private Token highest = Token.NONE;
    private int forgotten;

    synchronized Token highest() {
      return highest;
    }

    synchronized int forgotten() {
      return forgotten;
    }

    synchronized void saw(Token token) {
      highest = highest.later(token);
    }

    synchronized void forget() {
      highest = Token.NONE;
      forgotten++;
    }
  }

  /** What is asked in one call. */
  private record Asking(Freshness freshness, Asked asked, Token floor) {
    Token named() {
      return freshness instanceof Freshness.AtLeast(Position it) ? Token.of(it) : Token.NONE;
    }
  }

  /**
   * What was answered.
   *
   * @param held whether it may be from the client's memory
   */
  private record Said(Token position, boolean held, int listed, long[] items) {}

  /** Asks an organization. */
  private interface Ask {
    Said of(Organization organization);
  }

  Asker(int client, Sightline sightline, boolean holds, int organizations, Sink sink) {
    this.client = client;
    this.sightline = sightline;
    this.holds = holds;
    this.sink = sink;
    seen = new Seen[organizations];
    for (int i = 0; i < organizations; i++) {
      seen[i] = new Seen();
    }
  }

  /**
   * Asks once.
   *
   * @param latest what a writer was told last; null if nothing
   */
  void ask(
      RandomGenerator random, int organization, Population population, @Nullable Position latest) {
    Asking asking = asking(random, seen[organization].highest(), latest);
    int kind = random.nextInt(10);
    Ask ask =
        kind < (holds ? 6 : 4)
            ? single(random, population)
            : kind < 8
                ? batch(random, population, 1 + random.nextInt(LARGEST_BATCH))
                : list(population.anyUser(random), random.nextBoolean());
    call(organization, asking, ask);
  }

  /** Asks for whatever there is, in one call. */
  void askMuch(RandomGenerator random, int organization, Population population) {
    Asking asking = asking(random, seen[organization].highest(), null);
    call(organization, asking, batch(random, population, VERY_MUCH));
  }

  /** Asks for what may be held, and has no patience to wait for what is not. */
  void askHeld(RandomGenerator random, int organization, Population population) {
    var asking =
        random.nextBoolean()
            ? new Asking(Freshness.asSeen(), Asked.WITHIN_THE_BOUND, seen[organization].highest())
            : new Asking(Freshness.minimizeLatency(), Asked.WITHIN_THE_BOUND, Token.NONE);
    Ask ask = single(random, population);
    call(organization, asking, known -> ask.of(known.within(IMPATIENCE)));
  }

  private static Asking asking(RandomGenerator random, Token seen, @Nullable Position latest) {
    int kind = random.nextInt(20);
    if (kind < 3) {
      return new Asking(Freshness.minimizeLatency(), Asked.WITHIN_THE_BOUND, Token.NONE);
    }
    if (kind < 5) {
      return new Asking(Freshness.fullyConsistent(), Asked.CURRENT, Token.NONE);
    }
    if (kind < 8 && latest != null) {
      Token floor = seen.later(Token.of(latest));
      return new Asking(Freshness.atLeast(latest), Asked.WITHIN_THE_BOUND, floor);
    }
    return new Asking(Freshness.asSeen(), Asked.WITHIN_THE_BOUND, seen);
  }

  private void call(int organization, Asking asking, Ask ask) {
    Seen here = seen[organization];
    int forgotten = here.forgotten();
    long begun = System.nanoTime();
    try {
      Said said =
          ask.of(sightline.organization(Ids.organization(organization)).with(asking.freshness()));
      long received = System.nanoTime();
      here.saw(said.position());
      Token floor = forgotten == here.forgotten() ? asking.floor() : Token.NONE;
      sink.answered(
          new Call(
              client,
              organization,
              begun,
              received,
              asking.asked(),
              floor,
              asking.named(),
              said.position(),
              said.held() && asking.asked() != Asked.CURRENT,
              said.listed(),
              said.items()));
    } catch (SightlineException e) {
      failed(e, here, begun);
    } catch (RuntimeException | AssertionError e) {
      sink.broken("client " + client + ": " + Stories.trace(e));
    }
  }

  private void failed(SightlineException e, Seen here, long begun) {
    if (e.is(Reason.POSITION_UNKNOWN)) {
      here.forget();
    }
    boolean excused =
        e.is(Reason.POSITION_UNKNOWN)
            || e.code() == Code.UNAVAILABLE
            || e.code() == Code.DEADLINE_EXCEEDED
            || e.code() == Code.CANCELLED
            || isCut(e);
    if (excused) {
      sink.failed(begun, System.nanoTime(), e.code() + " " + e.reason());
    } else {
      sink.broken("client " + client + " was refused: " + e.code() + " " + e.getMessage());
    }
  }

  /** gRPC does not always know why a connection has ended. */
  static boolean isCut(SightlineException e) {
    return e.code() == Code.INTERNAL && String.valueOf(e.getMessage()).contains("channel closed");
  }

  private Ask single(RandomGenerator random, Population population) {
    // Of a few often, so that what is held is asked for again.
    Population about = random.nextBoolean() ? population : population.few(FEW);
    int user = about.anyUser(random);
    int dashboard = about.anyDashboard(random);
    int action = random.nextInt(Question.ACTIONS.length);
    return organization -> {
      Decision decision =
          organization.check(Ids.user(user), Question.ACTIONS[action], Ids.dashboard(dashboard));
      Evidence evidence = decision.evidence();
      return new Said(
          Token.of(evidence.position()),
          evidence.held(),
          -1,
          new long[] {item(user, dashboard, action, decision, evidence)});
    };
  }

  private static long item(
      int user, int dashboard, int action, Decision decision, Evidence evidence) {
    return evidence
        .level()
        .map(level -> Question.of(user, dashboard, action, decision.allowed(), level))
        .orElseGet(() -> Question.of(user, dashboard, action, decision.allowed()));
  }

  private Ask batch(RandomGenerator random, Population population, int size) {
    List<dev.sightline.client.Question> questions = new ArrayList<>();
    long[] asked = new long[size];
    for (int i = 0; i < asked.length; i++) {
      int user = population.anyUser(random);
      int dashboard = population.anyDashboard(random);
      int action = random.nextInt(Question.ACTIONS.length);
      asked[i] = Question.of(user, dashboard, action, false);
      questions.add(
          new dev.sightline.client.Question(
              Ids.user(user), Question.ACTIONS[action], Ids.dashboard(dashboard)));
    }
    return organization -> answered(organization.checkAll(questions), asked);
  }

  private static Said answered(List<Answer> answers, long[] asked) {
    Token position = Token.NONE;
    long[] items = new long[asked.length];
    for (int i = 0; i < items.length; i++) {
      Decision decision = (Decision) answers.get(i);
      Evidence evidence = decision.evidence();
      position = Token.of(evidence.position());
      items[i] =
          item(
              Question.user(asked[i]),
              Question.dashboard(asked[i]),
              Question.action(asked[i]),
              decision,
              evidence);
    }
    return new Said(position, false, -1, items);
  }

  /** Nothing says whether a page was held. */
  private Ask list(int user, boolean levels) {
    ListOptions ids = ListOptions.of(Purpose.SIDEBAR);
    return organization -> {
      Page<VisibleDashboard> page =
          organization
              .visibleDashboards(Ids.user(user), levels ? ids.withLevels() : ids)
              .pages()
              .iterator()
              .next();
      long[] items = page.items().stream().mapToLong(it -> item(user, it)).toArray();
      return new Said(Token.of(page.position()), holds, user, items);
    };
  }

  private static long item(int user, VisibleDashboard it) {
    int dashboard = Ids.number(it.id());
    return it.level()
        .map(level -> Question.of(user, dashboard, 0, true, level))
        .orElseGet(() -> Question.of(user, dashboard, 0, true));
  }

  @Override
  public void close() {
    sightline.close();
  }
}
