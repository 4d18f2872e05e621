package dev.sightline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What lies between a service and its database: a test closes it, or lets nothing through. */
final class Gate implements AutoCloseable {
  private final ServerSocket listening;
  private final List<Socket> sockets = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int target;
  private boolean open = true;
  private boolean held;

  Gate(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts all connections, and every new one. */
  void shut() {
    lock.lock();
    try {
      open = false;
      sockets.forEach(Gate::close);
      sockets.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lets connections through, to wherever the database is by now. */
  void open(int target) {
    lock.lock();
    try {
      this.target = target;
      open = true;
      held = false;
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

  private void connect(Socket client) {
    lock.lock();
    try {
      if (!open) {
        close(client);
        return;
      }
      Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(database);
      Thread.ofVirtual().start(() -> pass(client, database));
      Thread.ofVirtual().start(() -> pass(database, client));
    } catch (IOException away) {
      close(client);
    } finally {
      lock.unlock();
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8_192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitNotHeld();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      close(from);
      close(to);
    }
  }

  private void awaitNotHeld() throws InterruptedException {
    lock.lock();
    try {
      while (held) {
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
