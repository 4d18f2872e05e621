package dev.sightline.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The TCP connections to one place, all through here, so that they can be cut, delayed, held, or
 * lose what goes one way while the other is as before. Where they lead may change; who is connected
 * stays connected to where it was.
 */
final class Line implements AutoCloseable {
  private static final int CHUNK = 32 << 10;
  private static final int MOST_UNDER_WAY = 64;

  /** In so much of what is sent first somebody says who they are. */
  private static final int INTRODUCTION = 10;

  private static final Pattern APPLICATION = Pattern.compile("sightline-[a-z]+");

  private final ServerSocket listening;
  private final List<Link> links = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Way, Traffic> traffic = new EnumMap<>(Way.class);
  private volatile int target;
  private boolean closed;

  Line(String host, int port) {
    for (Way way : Way.values()) {
      traffic.put(way, new Traffic.Flowing());
    }
    try {
      listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getByName(host), port), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("line").start(this::accept);
  }

  /** Which way something goes, as seen by who connects. */
  enum Way {
    THERE,
    BACK
  }

  /** What happens to what goes one way. */
  sealed interface Traffic {
    /** It gets through at once. */
    record Flowing() implements Traffic {}

    /**
     * It gets through so much later.
     *
     * @param except by how much what is to or from who calls itself so
     */
    record Delayed(Duration by, Map<String, Duration> except) implements Traffic {
      public Delayed {
        except = Map.copyOf(except);
      }

      Delayed(Duration by) {
        this(by, Map.of());
      }

      private Duration of(Link link) {
        return except.getOrDefault(link.application, by);
      }
    }

    /** It waits, and fills the buffers of who sends. */
    record Held() implements Traffic {}

    /** It is taken and lost, and nobody is told. */
    record Swallowed() implements Traffic {}
  }

  /** What was read at once. */
  private record Chunk(byte[] bytes, long sentAt) {
    static Chunk last() {
      return new Chunk(new byte[0], System.nanoTime());
    }

    boolean isLast() {
      return bytes.length == 0;
    }
  }

  private static final class Link {
    private final Socket caller;
    private final Socket called;
    private final int target;
    private volatile boolean torn;
    private volatile String application = "";
    private int lookedAt;

    Link(Socket caller, Socket called, int target) {
      this.caller = caller;
      this.called = called;
      this.target = target;
    }

    /** A connection to the database says at its beginning what it is for. */
    void look(byte[] sent, int length) {
      if (application.isEmpty() && lookedAt++ < INTRODUCTION) {
        var name = APPLICATION.matcher(new String(sent, 0, length, StandardCharsets.ISO_8859_1));
        application = name.find() ? name.group() : "";
      }
    }

    Socket from(Way way) {
      return way == Way.THERE ? caller : called;
    }

    Socket to(Way way) {
      return way == Way.THERE ? called : caller;
    }

    void cut() {
      closeQuietly(caller);
      closeQuietly(called);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** New connections lead there from now on; 0: nowhere. */
  void leadTo(int port) {
    target = port;
  }

  /** Cuts what is connected. */
  void cut() {
    cut(_ -> true);
  }

  /** Cuts what is connected to this port. */
  void cutTo(int port) {
    cut(link -> link.target == port);
  }

  private void cut(Predicate<Link> which) {
    lock.lock();
    try {
      links.stream().filter(which).forEach(Link::cut);
      links.removeIf(which);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on, for what is connected, too. */
  void set(Way way, Traffic how) {
    lock.lock();
    try {
      traffic.put(way, how);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything flows again; what has lost something on its way is cut. */
  void restore() {
    for (Way way : Way.values()) {
      set(way, new Traffic.Flowing());
    }
    cut(link -> link.torn);
  }

  private void accept() {
    while (true) {
      try {
        Socket caller = listening.accept();
        Thread.ofVirtual().start(() -> connect(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket caller) {
    int port = target;
    try {
      caller.setTcpNoDelay(true);
      Socket called = new Socket(InetAddress.getLoopbackAddress(), port);
      called.setTcpNoDelay(true);
      Link link = new Link(caller, called, port);
      lock.lock();
      try {
        links.removeIf(it -> it.caller.isClosed());
        links.add(link);
        if (closed) {
          link.cut();
        }
      } finally {
        lock.unlock();
      }
      Thread.ofVirtual().start(() -> pass(link, Way.BACK));
      pass(link, Way.THERE);
    } catch (IOException | IllegalArgumentException e) {
      closeQuietly(caller);
    }
  }

  private void pass(Link link, Way way) {
    var underWay = new ArrayBlockingQueue<Chunk>(MOST_UNDER_WAY);
    Thread.ofVirtual().start(() -> deliver(link, way, underWay));
    byte[] buffer = new byte[CHUNK];
    try {
      try {
        InputStream in = link.from(way).getInputStream();
        int read = in.read(buffer);
        while (read >= 0) {
          if (way == Way.THERE) {
            link.look(buffer, read);
          }
          underWay.put(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime()));
          read = in.read(buffer);
        }
      } catch (IOException e) {
        // What comes last tells the other side.
      }
      underWay.put(Chunk.last());
    } catch (InterruptedException e) {
      link.cut();
    }
  }

  /** Passes on what has been sent, when it is time; all of it is taken, whatever happens. */
  private void deliver(Link link, Way way, BlockingQueue<Chunk> underWay) {
    try {
      Chunk next = underWay.take();
      while (!next.isLast()) {
        deliver(link, way, next);
        next = underWay.take();
      }
      // That somebody has left is a message, too.
      boolean _ = awaitPassage(link, way, next);
      awaitNotSwallowed(way);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.cut();
  }

  private void deliver(Link link, Way way, Chunk chunk) throws InterruptedException {
    try {
      if (awaitPassage(link, way, chunk)) {
        link.to(way).getOutputStream().write(chunk.bytes());
      } else {
        link.torn = true;
      }
    } catch (IOException e) {
      link.cut();
    }
  }

  /** Waits as long as it is held; false: it is lost. */
  private boolean awaitPassage(Link link, Way way, Chunk chunk) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        switch (traffic.get(way)) {
          case Traffic.Flowing _ -> {
            return true;
          }
          case Traffic.Swallowed _ -> {
            return link.caller.isClosed();
          }
          case Traffic.Delayed delay -> {
            awaitDelay(link, way, delay, chunk);
            return true;
          }
          case Traffic.Held _ -> {
            if (link.caller.isClosed()) {
              return true;
            }
            changed.await();
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, or until something else happens to what goes this way. */
  private void awaitDelay(Link link, Way way, Traffic.Delayed delay, Chunk chunk)
      throws InterruptedException {
    long left = chunk.sentAt() + delay.of(link).toNanos() - System.nanoTime();
    while (left > 0 && delay.equals(traffic.get(way))) {
      left = changed.awaitNanos(left);
    }
  }

  private void awaitNotSwallowed(Way way) throws InterruptedException {
    lock.lock();
    try {
      while (traffic.get(way) instanceof Traffic.Swallowed && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
