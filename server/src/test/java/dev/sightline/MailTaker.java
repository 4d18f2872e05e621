package dev.sightline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A mail server that takes mails, and from some point on does not say that it has. */
final class MailTaker implements AutoCloseable {
  private final ServerSocket listening;
  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private int answers;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A mail that arrived whole.
   *
   * @param answered whether the sender was told
   */
  record Taken(String to, String subject, boolean answered) {}

  /**
   * @param answers how many mails it says of that it has taken them
   */
  MailTaker(int answers) throws IOException {
    this.answers = answers;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  String url() {
    return "smtp://localhost:" + listening.getLocalPort();
  }

  /** The next mail, in the order in which they arrived. */
  Taken next() throws InterruptedException {
    return taken.take();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      say(socket, "220 taker");
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0]) {
          case "RCPT" -> {
            to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            say(socket, "250 ok");
          }
          case "DATA" -> {
            say(socket, "354 go on");
            take(socket, to, subject(in));
          }
          default -> say(socket, "250 ok");
        }
      }
    } catch (IOException e) {
      // Whoever sent is gone.
    }
  }

  private void take(Socket socket, String to, String subject) throws IOException {
    if (noted(to, subject)) {
      say(socket, "250 taken");
    }
  }

  /** Those that are answered come first. */
  private synchronized boolean noted(String to, String subject) {
    boolean answered = answers-- > 0;
    taken.add(new Taken(to, subject, answered));
    return answered;
  }

  /** Reads a mail to its end. */
  private static String subject(BufferedReader in) throws IOException {
    String subject = "";
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("the mail was not finished");
      }
      if (subject.isEmpty() && line.startsWith("Subject: ")) {
        subject = line.substring("Subject: ".length());
      }
    }
    return subject;
  }

  private static void say(Socket socket, String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
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
