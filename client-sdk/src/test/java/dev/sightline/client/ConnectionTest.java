package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private final TestService service = TestService.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void the_token_is_sent_with_every_call() {
    try (var client = service.setup().token("s3cret").open()) {
      client.organization("acme").canView("ann", "revenue");
    }
    assertEquals("Bearer s3cret", service.script.calls().getFirst().authorization());
  }

  @Test
  void a_supplier_is_asked_before_every_attempt() {
    var count = new AtomicInteger();
    service.script.failNext(TestService.unavailable());
    try (var client = service.setup().token(() -> "t" + count.incrementAndGet()).open()) {
      client.organization("acme").canView("ann", "revenue");
    }
    assertEquals("Bearer t1", service.script.calls().getFirst().authorization());
    assertEquals("Bearer t2", service.script.calls().getLast().authorization());
  }

  @Test
  void a_supplier_that_fails_fails_the_call() {
    try (var client =
        service
            .setup()
            .token(() -> {
              throw new IllegalStateException("vault is sealed");
            })
            .open()) {
      var acme = client.organization("acme");
      var failure = assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
      assertEquals(Code.UNAUTHENTICATED, failure.code());
      assertTrue(failure.getMessage().contains("vault is sealed"), failure.getMessage());
    }
  }

  @Test
  void closing_lets_the_call_under_way_end_and_refuses_new_ones() throws Exception {
    service.script.keepSilent();
    var client = service.client();
    var acme = client.organization("acme").within(Duration.ofSeconds(1)).async();
    var underWay = acme.canView("ann", "revenue");
    service.script.arrived.take();
    client.close();
    assertEquals(Code.DEADLINE_EXCEEDED, codeOf(underWay));
    assertEquals(Code.CANCELLED, codeOf(acme.canView("ann", "revenue")));
    client.close();
  }

  private static Code codeOf(CompletableFuture<?> future) {
    var failure = assertThrows(CompletionException.class, future::join);
    return assertInstanceOf(SightlineException.class, failure.getCause()).code();
  }

  @Test
  void tls_trusts_the_authorities_given_and_no_others(@TempDir Path folder) throws Exception {
    var server = SelfSigned.in(folder);
    try (var encrypted = TestService.start(0, server.credentials());
        var trusting = encrypted.setup().trust(server.certificate()).open();
        var wary = encrypted.setup().deadline(Duration.ofSeconds(1)).tls().open()) {
      assertTrue(trusting.organization("acme").canView("ann", "revenue").allowed());
      var acme = wary.organization("acme");
      assertThrows(SightlineException.class, () -> acme.canView("ann", "revenue"));
    }
  }

  @Test
  void the_default_organization_must_have_been_set() {
    try (var client = service.client()) {
      assertThrows(IllegalStateException.class, client::defaultOrganization);
    }
    try (var client = service.setup().defaultOrganization("acme").open()) {
      assertTrue(client.defaultOrganization().canView("ann", "revenue").allowed());
    }
  }

  @Test
  void only_loopback_is_plaintext_by_itself() {
    for (var target : new String[] {"localhost:1", "127.0.0.1:1", "127.8.9.1:1", "[::1]:1"}) {
      assertInstanceOf(InsecureChannelCredentials.class, credentials(target), target);
    }
    for (var target : new String[] {"sightline.example.com:443", "10.0.0.1:1", "[fe80::1]:1"}) {
      assertInstanceOf(TlsChannelCredentials.class, credentials(target), target);
    }
    assertFalse(Target.parse("localhost.example.com:1").isLoopback());
    assertFalse(Target.parse("localhost:1", "sightline.example.com:1").isLoopback());
    assertTrue(Target.parse("localhost:1", "[::1]:2").isLoopback());
  }

  private static Object credentials(String target) {
    return new Encryption.ByTarget().credentials(Target.parse(target));
  }

  @Test
  void an_address_in_brackets_is_connected_to() {
    for (var more : List.of(new String[0], new String[] {"[::1]:2"})) {
      try (var client = Sightline.connect("[::1]:1", more).withoutNearCache().open()) {
        var failure =
            assertThrows(
                SightlineException.class,
                () -> client.organization("acme").canView("ann", "revenue"));
        assertEquals(Code.UNAVAILABLE, failure.code(), failure::toString);
      }
    }
  }

  @Test
  void a_target_is_a_host_and_a_port() {
    assertEquals("dns:///%5B::1%5D:7000", Target.parse("[::1]:7000").uri());
    assertEquals("dns:///a.example:7000", Target.parse("a.example:7000").uri());
    for (var target : new String[] {"", "localhost", "localhost:0", "a:99999", "http://a:1"}) {
      assertThrows(IllegalArgumentException.class, () -> Sightline.connect(target), target);
      assertThrows(
          IllegalArgumentException.class, () -> Sightline.connect("localhost:1", target), target);
    }
  }
}
