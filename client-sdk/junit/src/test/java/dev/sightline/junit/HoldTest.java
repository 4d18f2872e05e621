package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.Sightline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HoldTest {
  private final AtomicInteger started = new AtomicInteger();
  private final Hold.Held held =
      new Hold.Held(() -> {
        started.incrementAndGet();
        return TestServers.start();
      });

  @Test
  void the_servers_start_when_needed_and_stop_with_the_last_hold() {
    Hold first = held.take();
    Hold second = held.take();
    assertEquals(0, started.get());

    TestServers servers = first.servers();
    assertSame(servers, second.servers());
    assertEquals(1, started.get());
    String target = servers.shared().target();

    first.close();
    first.close();
    assertTrue(answers(target));
    second.close();
    assertThrows(ConnectException.class, () -> reach(target));
  }

  @Test
  void nothing_starts_that_nobody_needs() {
    Hold hold = held.take();
    hold.close();
    assertThrows(IllegalStateException.class, hold::servers);
    assertEquals(0, started.get());
  }

  private static boolean answers(String target) {
    try (Sightline client = Sightline.connect(target).deadline(Duration.ofSeconds(30)).open()) {
      return !client.organization("none").canView("nobody", "nothing").allowed();
    }
  }

  private static void reach(String target) throws IOException {
    int colon = target.indexOf(':');
    int port = Integer.parseInt(target.substring(colon + 1));
    new Socket(target.substring(0, colon), port).close();
  }
}
