package dev.sightline.history;

import dev.sightline.client.Sightline;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A client in a process of its own, so that it can be stopped. It writes what it asked and what it
 * was told to its output; who is there to ask about comes in by its input.
 */
final class HistoryClient implements Asker.Sink {
  private static final int REMOTE = 3 * Call.FORGETFUL;
  private static final int THREADS = 8;
  private static final int FEW = 6;
  private static final Duration HELD_PAUSE = Duration.ofMillis(1);
  private static final Duration BATCHES_PAUSE = Duration.ofMillis(1_500);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final DataOutputStream out =
      new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
  private final Population[] populations;

  private HistoryClient(int organizations) {
    populations = new Population[organizations];
    java.util.Arrays.fill(populations, Population.NOBODY);
  }

  /**
   * Takes the address of the nodes, the number of organizations, a seed, the longest pause in
   * nanoseconds, and whether to hold answers.
   */
  public static void main(String[] arguments) throws IOException {
    int organizations = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    long pause = Long.parseLong(arguments[3]);
    var client = new HistoryClient(organizations);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    client.take(in.readLine());
    var asker =
        new Asker(
            REMOTE,
            sightline(arguments[0], Boolean.parseBoolean(arguments[4])),
            Boolean.parseBoolean(arguments[4]),
            organizations,
            client);
    for (int thread = 0; thread < THREADS; thread++) {
      var own = new Random(seed + thread);
      Thread.ofPlatform().daemon().start(() -> client.askOn(asker, own, pause));
    }
    var random = new Random(seed + THREADS);
    Thread.ofPlatform().daemon().start(() -> client.askMuchOn(asker, random));
    if (Boolean.parseBoolean(arguments[4])) {
      var own = new Random(seed + THREADS + 1);
      Thread.ofPlatform().daemon().start(() -> client.askHeldOn(asker, own));
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      client.take(line);
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Where there are several nodes, an organization is asked about on two: so its answers and its
   * events come by lines that are late apart.
   */
  static Sightline sightline(String target, boolean near) {
    var builder = Sightline.connect(target).plaintext().deadline(DEADLINE).nodesPerOrganization(2);
    return (near ? builder : builder.withoutNearCache()).open();
  }

  private synchronized Population population(int organization) {
    return populations[organization];
  }

  /** All organizations' populations, in one line. */
  private synchronized void take(String line) {
    String[] words = line.split(" ", -1);
    for (int i = 0; i < populations.length; i++) {
      populations[i] = Population.ofText(words[2 * i], words[2 * i + 1]);
    }
  }

  private void askOn(Asker asker, Random random, long pause) {
    while (true) {
      int organization = random.nextInt(populations.length);
      asker.ask(random, organization, population(organization), null);
      LockSupport.parkNanos(random.nextLong(pause) + 1);
    }
  }

  private void askHeldOn(Asker asker, Random random) {
    while (true) {
      int organization = random.nextInt(populations.length);
      asker.askHeld(random, organization, population(organization).few(FEW));
      LockSupport.parkNanos(HELD_PAUSE.toNanos());
    }
  }

  /**
   * What is decided in large batches takes so long that events may overtake it. Between them there
   * is time for what was not to be held to show.
   */
  private void askMuchOn(Asker asker, Random random) {
    while (true) {
      int organization = random.nextInt(populations.length);
      asker.askMuch(random, organization, population(organization));
      LockSupport.parkNanos(random.nextLong(BATCHES_PAUSE.toNanos()));
    }
  }

  @Override
  public void answered(Call call) {
    write(() -> Calls.write(call, out));
  }

  @Override
  public void failed(long begun, long received, String why) {
    write(() -> Calls.writeFailed(begun, received, why, out));
  }

  @Override
  public void broken(String what) {
    write(() -> Calls.writeBroken(what, out));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private synchronized void write(Writing writing) {
    try {
      writing.run();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
