package dev.sightline.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Speaks TLS in front of a mail server that does not, from the first byte or after STARTTLS, and
 * notes what it was told in the open.
 */
final class TlsFront implements AutoCloseable {
  private final SSLContext context;
  private final boolean startTls;
  private final int behind;
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> inTheOpen = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private TlsFront(SSLContext context, boolean startTls, int behind) throws IOException {
    this.context = context;
    this.startTls = startTls;
    this.behind = behind;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** TLS from the first byte. */
  static TlsFront implicit(SSLContext context, int behind) throws IOException {
    return new TlsFront(context, false, behind);
  }

  /** Begins in the open, and lets nobody do anything before STARTTLS. */
  static TlsFront startTls(SSLContext context, int behind) throws IOException {
    return new TlsFront(context, true, behind);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How often somebody has connected. */
  int connections() {
    return connections.get();
  }

  /** The commands that came in the open, without what was said with them. */
  List<String> inTheOpen() {
    return List.copyOf(inTheOpen);
  }

  private void accept() {
    try {
      while (true) {
        Socket plain = listening.accept();
        connections.incrementAndGet();
        sockets.add(plain);
        threads.execute(() -> serve(plain));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      if (!startTls || asksForTls(plain)) {
        forward(encrypted(plain));
      }
    } catch (IOException e) {
      // Whoever came went away, or did not trust.
    }
  }

  private boolean asksForTls(Socket plain) throws IOException {
    say(plain, "220 front");
    for (String line = line(plain); !line.isEmpty(); line = line(plain)) {
      inTheOpen.add(line.split(" ", 2)[0]);
      switch (line.split(" ", 2)[0]) {
        case "EHLO" -> say(plain, "250-front\r\n250-AUTH LOGIN PLAIN\r\n250 STARTTLS");
        case "STARTTLS" -> {
          say(plain, "220 go ahead");
          return true;
        }
        default -> say(plain, "530 STARTTLS first");
      }
    }
    return false;
  }

  private SSLSocket encrypted(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "", plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private void forward(SSLSocket front) throws IOException {
    try (front;
        Socket back = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      sockets.add(back);
      if (startTls) {
        // The greeting was given before.
        var _ = line(back);
      }
      threads.execute(() -> copy(back, front));
      copy(front, back);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Closed by either side.
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Byte by byte, so that nothing that belongs to TLS is read; empty at the end. */
  private static String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.close();
  }
}
