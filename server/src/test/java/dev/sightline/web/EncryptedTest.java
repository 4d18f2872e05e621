package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.auth.Authorization;
import dev.sightline.auth.LocalAuthentication;
import dev.sightline.auth.OpenStreams;
import dev.sightline.auth.RpcRules;
import dev.sightline.auth.TestRealms;
import dev.sightline.rpc.Statuses;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP with the certificate files that gRPC takes. */
@Timeout(60)
class EncryptedTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  /** A key of its own, for localhost, that the JDK's tool makes. */
  private KeyStore keys() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, made.waitFor(), () -> "keytool failed");
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private Path pem(String name, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static WebServer serving(WebServer.Tls tls) throws IOException {
    InetAddress address = InetAddress.getLoopbackAddress();
    List<ServerServiceDefinition> nothing = List.of();
    var everybody = new LocalAuthentication(address);
    var guard =
        new Authorization(
            RpcRules.of(nothing),
            everybody,
            new TestRealms(),
            new OpenStreams(everybody, Statuses::exception, Duration.ofSeconds(1)),
            Statuses::exception);
    return WebServer.start(
        new WebServer.Listening(address, 0, tls, true, null), nothing, guard, everybody);
  }

  @Test
  void the_certificate_of_grpc_serves_http_too() throws Exception {
    KeyStore keys = keys();
    Key key = keys.getKey("own", PASSWORD);
    Path certificate = pem("server.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    Path secret = pem("server.key", "PRIVATE KEY", key.getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", keys.getCertificate("own"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (WebServer web = serving(new WebServer.Tls(certificate, secret));
        HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      URI document = URI.create("https://localhost:" + web.port() + "/openapi.json");
      assertEquals(
          200,
          client
              .send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString())
              .statusCode());
    }
  }

  @Test
  void files_that_hold_no_key_are_refused_at_start() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
    assertThrows(IOException.class, () -> serving(new WebServer.Tls(nothing, nothing)).close());
  }
}
