package dev.sightline;

import dev.sightline.store.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a service and its database: a test closes it, lets nothing through, or catches
 * one message on its way.
 */
public final class Gate implements AutoCloseable {
  private static final byte[] COMMIT = said("COMMIT");

  /** How the database's answer to an INSERT begins. */
  private static final byte[] INSERT = "INSERT 0 ".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;
  private final List<Link> links = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int target;
  private boolean open = true;
  private boolean held;
  private @Nullable Trap trap;

  public Gate(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Which way a message goes. */
  enum Way {
    TO_DATABASE,
    TO_SERVICE
  }

  /** What becomes of a message that is caught. */
  enum Then {
    /** It is lost, and so is its connection. */
    CUT,
    /** It is lost, and the gate is shut. */
    SHUT,
    /** It waits until the gate is opened, and so does all that is said on its connection. */
    STALL,
    /** It waits until the gate is opened, and so does everything else. */
    HOLD
  }

  /** Waits for one message. */
  private record Trap(Way way, byte[] word, Then then, CountDownLatch caught) {
    /** A message that somebody waits for comes alone and is short: it is read in one piece. */
    boolean catches(Way going, byte[] bytes, int length) {
      return going == way && contains(bytes, length, word);
    }

    boolean isCommit() {
      return Arrays.equals(word, COMMIT);
    }
  }

  private static boolean contains(byte[] bytes, int length, byte[] word) {
    for (int at = 0; at + word.length <= length; at++) {
      if (Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  /** One connection of the service, carried on to the database. */
  private static final class Link {
    private final Socket service;
    private final Socket database;
    private boolean stalled;

    /** Whether its transaction has added a row. */
    private boolean inserted;

    Link(Socket service, Socket database) {
      this.service = service;
      this.database = database;
    }

    Socket from(Way way) {
      return switch (way) {
        case TO_DATABASE -> service;
        case TO_SERVICE -> database;
      };
    }

    Socket to(Way way) {
      return switch (way) {
        case TO_DATABASE -> database;
        case TO_SERVICE -> service;
      };
    }

    void cut() {
      close(service);
      close(database);
    }
  }

  /** The port that a database listens on. */
  public static int port(DatabaseSettings settings) {
    return URI.create(settings.url().substring("jdbc:".length())).getPort();
  }

  /** The way to a database through this gate. */
  public DatabaseSettings through(DatabaseSettings own) {
    String url = own.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + port() + "/");
    return new DatabaseSettings(
        url, own.user(), own.password(), own.writers(), own.readers(), own.time());
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts all connections, and every new one. */
  public void shut() {
    lock.lock();
    try {
      open = false;
      links.forEach(Link::cut);
      links.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lets connections through, to wherever the database is by now. */
  public void open(int target) {
    lock.lock();
    try {
      this.target = target;
      open = true;
      held = false;
      links.forEach(link -> link.stalled = false);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps connections, and new ones, but lets nothing through: nobody is told. */
  void hold() {
    lock.lock();
    try {
      held = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Catches the next message that goes this way and says this command. What the service says is
   * readable only with {@code prepareThreshold=0}: a statement that is said a second time is sent
   * as a number otherwise. The database's answer to a command always names it.
   *
   * <p>A COMMIT is caught only where something was added: those of whoever looks every now and then
   * for mail that is due pass.
   *
   * @return counted down once it is caught
   */
  CountDownLatch catchNext(Way way, String command, Then then) {
    byte[] word = said(command);
    var caught = new CountDownLatch(1);
    lock.lock();
    try {
      trap = new Trap(way, word, then, caught);
    } finally {
      lock.unlock();
    }
    return caught;
  }

  int target() {
    return target;
  }

  private void accept() {
    try {
      while (true) {
        connect(listening.accept());
      }
    } catch (IOException closed) {
      shut();
    }
  }

  private void connect(Socket service) {
    lock.lock();
    try {
      if (!open) {
        close(service);
        return;
      }
      Link link = new Link(service, new Socket(InetAddress.getLoopbackAddress(), target));
      links.add(link);
      for (Way way : Way.values()) {
        Thread.ofVirtual().start(() -> pass(link, way));
      }
    } catch (IOException away) {
      close(service);
    } finally {
      lock.unlock();
    }
  }

  private void pass(Link link, Way way) {
    byte[] buffer = new byte[8_192];
    try {
      InputStream in = link.from(way).getInputStream();
      OutputStream out = link.to(way).getOutputStream();
      int read = in.read(buffer);
      while (read >= 0 && !isLost(link, way, buffer, read)) {
        awaitNotHeld(link);
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
      // That somebody has left is a message, too.
      awaitNotHeld(link);
    } catch (IOException | InterruptedException ended) {
      // What is below tells the other side.
    }
    link.cut();
  }

  private boolean isLost(Link link, Way way, byte[] bytes, int length) {
    lock.lock();
    try {
      boolean added = hasAdded(link, way, bytes, length);
      Trap set = trap;
      if (set == null || !set.catches(way, bytes, length) || (set.isCommit() && !added)) {
        return false;
      }
      trap = null;
      boolean lost =
          switch (set.then()) {
            case CUT -> true;
            case SHUT -> {
              shut();
              yield true;
            }
            case STALL -> {
              link.stalled = true;
              yield false;
            }
            case HOLD -> {
              held = true;
              yield false;
            }
          };
      set.caught().countDown();
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the transaction that a message belongs to has added a row. */
  private static boolean hasAdded(Link link, Way way, byte[] bytes, int length) {
    boolean added = link.inserted;
    if (way == Way.TO_SERVICE) {
      added |= contains(bytes, length, INSERT);
      link.inserted = added && !contains(bytes, length, COMMIT);
    }
    return added;
  }

  private static byte[] said(String command) {
    return (command + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private void awaitNotHeld(Link link) throws InterruptedException {
    lock.lock();
    try {
      while (held || link.stalled) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shut();
  }
}
