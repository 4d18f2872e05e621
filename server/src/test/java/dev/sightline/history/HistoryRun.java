package dev.sightline.history;

import dev.sightline.client.Sightline;
import dev.sightline.client.SightlineException;
import dev.sightline.history.NodeProcess.Launch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run: nodes, clients, faults, and a judge. It ends when its time is over, or with the first
 * wrong answer.
 */
final class HistoryRun implements Asker.Sink {
  // Clients' numbers; the nodes' own come first.
  private static final int STREAMS = 10;
  private static final int ASK_MUCH = 20;
  private static final int NEWCOMERS = 30;

  private static final Duration WAITING_WRITERS_PAUSE = Duration.ofMillis(20);
  private static final Duration WRITERS_PAUSE = Duration.ofMillis(150);
  private static final Duration LARGE_BATCHES_PAUSE = Duration.ofSeconds(3);
  private static final Duration FOUNDING = Duration.ofSeconds(30);
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final HistorySettings settings;
  private final Consumer<String> progress;
  private final FaultLog faults = new FaultLog();
  private final Figures figures = new Figures();
  private final List<People> people = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private final AtomicInteger rushed = new AtomicInteger(-1);
  private Cluster cluster;
  private Judge judge;
  private volatile boolean over;

  private HistoryRun(HistorySettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * How it went.
   *
   * @param story of the first wrong answer; empty if all were right
   * @param seconds until then, or until its time was over
   */
  record Outcome(String story, Figures figures, double seconds) {
    boolean isRight() {
      return story.isEmpty();
    }
  }

  static Outcome of(HistorySettings settings, Consumer<String> progress) throws IOException {
    Path folder = Files.createTempDirectory("sightline-history");
    var run = new HistoryRun(settings, progress);
    var ending = new Thread(run::close);
    // A PostgreSQL would go on.
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      return run.run(folder);
    } finally {
      run.close();
      keepLogs(folder);
      delete(folder);
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private Outcome run(Path folder) throws IOException {
    cluster = Cluster.start(folder, settings.bound(), launch(folder));
    opened.add(cluster);
    Era first = Era.first(HistorySettings.ORGANIZATIONS, cluster.database());
    judge = new Judge(first, settings, faults, figures);
    opened.add(judge);
    found();
    RemoteClient remote = RemoteClient.start(folder, cluster.port(), settings, people, this);
    opened.add(remote);
    startAsking();
    startWriting();
    startLargeBatches();
    start("populations", () -> tellOn(remote));
    long begin = System.nanoTime();
    var schedule = new FaultSchedule(settings, faults, stage(remote), progress);
    Thread breaking =
        Thread.ofPlatform().name("faults").daemon().start(() -> guarded(schedule::run));
    String story = awaitEnd(settings.lasting());
    double seconds = (System.nanoTime() - begin) / 1e9;
    schedule.stop();
    join(breaking);
    over = true;
    threads.forEach(HistoryRun::join);
    story = story.isEmpty() ? drained() : story;
    return new Outcome(story, figures, seconds);
  }

  private Launch launch(Path folder) throws IOException {
    Duration lease = settings.lease();
    if (lease == null) {
      return settings.launch();
    }
    Path classes = folder.resolve("lease");
    Mutant.ofNode(
            "lease",
            "cache/Membership.java",
            "SHORTEST_LEASE = Duration.ofSeconds(20)",
            "SHORTEST_LEASE = Duration.ofMillis(" + lease.toMillis() + ")")
        .compile(classes);
    return settings.launch().with(new Launch(List.of(classes), List.of()));
  }

  /** The story of what failed first; empty if nothing did. */
  private String awaitEnd(Duration atMost) {
    try {
      return CompletableFuture.anyOf(judge.failure(), broken)
          .thenApply(String.class::cast)
          .get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return "";
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until all that was answered has been judged. */
  private String drained() {
    long end = System.nanoTime();
    while (judge.judgedUntil() < end) {
      String story = awaitEnd(Duration.ofMillis(20));
      if (!story.isEmpty()) {
        return story;
      }
      if (System.nanoTime() - end > DRAIN.toNanos()) {
        return "not everything could be judged: a log could not be read to its end";
      }
    }
    return awaitEnd(Duration.ofMillis(1));
  }

  private void found() {
    // The first calls of all are slow: nothing is warm.
    try (Sightline sightline =
        Sightline.connect(Cluster.address(0) + ":" + cluster.port())
            .deadline(FOUNDING)
            .withoutNearCache()
            .open()) {
      for (int i = 0; i < HistorySettings.ORGANIZATIONS; i++) {
        People each = new People(i);
        people.add(each);
        new Writer(sightline, new Random(settings.seed()), judge::acknowledged, this, false)
            .found(each);
      }
    }
  }

  private Sightline sightline(int node, boolean near) {
    return HistoryClient.sightline(Cluster.address(node) + ":" + cluster.port(), near);
  }

  /**
   * One client for each node with a thread of its own, of which one holds no answers, one that
   * streams, one for two threads.
   */
  private void startAsking() {
    for (int node = 0; node < Cluster.NODES; node++) {
      boolean near = settings.near() && node != 1;
      startAsking(asker(node, sightline(node, near), near));
    }
    startAsking(
        asker(
            STREAMS,
            Sightline.connect(Cluster.address(1) + ":" + cluster.port())
                .plaintext()
                .withoutNearCache()
                .streamChecks()
                .open(),
            false));
    Asker shared = asker(Call.FORGETFUL, sightline(2, settings.near()), settings.near());
    startAsking(shared);
    startAsking(shared);
  }

  private Asker asker(int client, Sightline sightline, boolean near) {
    int number = near ? Call.FORGETFUL + client : client;
    var asker = new Asker(number, sightline, near, HistorySettings.ORGANIZATIONS, this);
    opened.add(asker);
    return asker;
  }

  private void startAsking(Asker asker) {
    var random = new Random(settings.seed() * 31 + threads.size());
    start(
        "asks",
        () -> {
          while (!over) {
            People about = people.get(random.nextInt(people.size()));
            asker.ask(random, about.organization, about.population(), about.latest());
            LockSupport.parkNanos(random.nextLong(settings.pause().toNanos()));
          }
        });
  }

  /**
   * Those who wait until it is known everywhere would leave it quiet while something has failed.
   */
  private void startWriting() {
    for (int node = 0; node < Cluster.NODES; node++) {
      startWriting(node, true, WAITING_WRITERS_PAUSE);
      startWriting(node, false, WRITERS_PAUSE);
    }
  }

  private void startWriting(int node, boolean waits, Duration pause) {
    Sightline sightline = sightline(node, false);
    opened.add(sightline);
    var random = new Random(settings.seed() * 37 + threads.size());
    var writer = new Writer(sightline, random, judge::acknowledged, this, waits);
    start(
        "writes",
        () -> {
          while (!over) {
            writer.write(people.get(random.nextInt(HistorySettings.QUIET)));
            LockSupport.parkNanos(random.nextLong(pause.toNanos()));
          }
        });
  }

  /** So large that a node is found in the midst of one when it stands still after a rush. */
  private void startLargeBatches() {
    for (int node = 0; node < Cluster.NODES; node++) {
      Asker asker = asker(ASK_MUCH + node, sightline(node, false), false);
      var random = new Random(settings.seed() * 43 + node);
      int asked = node;
      start("asks much", () -> askMuch(asker, random, asked));
    }
  }

  private void askMuch(Asker asker, Random random, int node) {
    while (!over) {
      boolean isRushed = rushed.get() == node;
      int of = isRushed ? HistorySettings.QUIET : random.nextInt(people.size());
      asker.askMuch(random, of, people.get(of).population());
      if (!isRushed) {
        LockSupport.parkNanos(LARGE_BATCHES_PAUSE.toNanos());
      }
    }
  }

  private Stage stage(RemoteClient remote) {
    List<Writer> writers = new ArrayList<>();
    for (int node = 0; node < Cluster.NODES; node++) {
      Sightline sightline = sightline(node, false);
      opened.add(sightline);
      var random = new Random(settings.seed() * 47 + node);
      writers.add(new Writer(sightline, random, judge::acknowledged, this, false));
    }
    return new Stage(cluster, judge, remote, people, writers, this::newcomer, rushed);
  }

  private Asker newcomer(int node) {
    return new Asker(
        NEWCOMERS + node, sightline(node, false), false, HistorySettings.ORGANIZATIONS, this);
  }

  private void tellOn(RemoteClient remote) {
    while (!over) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      try {
        remote.tell(people);
      } catch (IOException e) {
        if (!over) {
          broken("the client's process ended");
        }
        return;
      }
    }
  }

  private void start(String name, Runnable what) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(() -> guarded(what)));
  }

  private void guarded(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException | AssertionError e) {
      boolean late = over && e instanceof SightlineException;
      if (!late) {
        broken(Stories.trace(e));
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void answered(Call call) {
    judge.answered(call);
  }

  @Override
  public void failed(long begun, long received, String why) {
    figures.failed(faults.between(begun - settings.bound().toNanos(), received), why);
  }

  @Override
  public void broken(String what) {
    progress.accept(what);
    broken.complete(what);
  }

  private synchronized void close() {
    over = true;
    for (AutoCloseable each : opened.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        progress.accept("closing: " + e);
      }
    }
    opened.clear();
  }

  /** What the nodes have logged, if somebody wants it. */
  private static void keepLogs(Path from) throws IOException {
    String to = System.getProperty("sightline.history.logs");
    if (to == null) {
      return;
    }
    Path kept = Files.createDirectories(Path.of(to));
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(from, "*.txt")) {
      for (Path log : logs) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
