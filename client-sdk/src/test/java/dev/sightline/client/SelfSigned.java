package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for localhost that nobody but itself vouches for, made by the JDK's keytool.
 *
 * @param certificate the PEM file
 * @param credentials what a server shows
 */
record SelfSigned(Path certificate, ServerCredentials credentials) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static SelfSigned in(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = folder.resolve("server.p12");
    generate(file);
    var store = KeyStore.getInstance(file.toFile(), PASSWORD);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var encoded = Base64.getMimeEncoder().encodeToString(store.getCertificate("it").getEncoded());
    var pem = "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
    return new SelfSigned(
        Files.writeString(folder.resolve("server.pem"), pem),
        TlsServerCredentials.newBuilder().keyManager(keys.getKeyManagers()).build());
  }

  private static void generate(Path file) throws IOException, InterruptedException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var options =
        "-genkeypair -alias it -keyalg EC -dname CN=localhost -ext san=dns:localhost -ext bc:c"
            + " -storetype PKCS12 -storepass changeit -keystore";
    var command =
        Stream.of(List.of(keytool), List.of(options.split(" ", -1)), List.of(file.toString()))
            .flatMap(List::stream)
            .toList();
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
