package dev.sightline.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Somebody who vouches for servers, with the keys of both; the JDK's tool makes them. */
final class TestAuthority {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String AUTHORITY = "authority";

  private final Path keys;

  /**
   * @param folder an empty one, by whose name it is called
   */
  TestAuthority(Path folder) {
    keys = folder.resolve("keys.p12");
    keytool(AUTHORITY, "-dname", "CN=" + folder.getFileName(), "-ext", "bc:critical=ca:true");
  }

  /** What a server with a certificate for this name speaks TLS with. */
  SSLContext serverNamed(String host) {
    if (!aliases().contains(host)) {
      keytool(host, "-dname", "CN=" + host, "-ext", "san=dns:" + host, "-signer", AUTHORITY);
    }
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      KeyStore all = KeyStore.getInstance(keys.toFile(), PASSWORD);
      own.setKeyEntry(host, all.getKey(host, PASSWORD), PASSWORD, all.getCertificateChain(host));
      KeyManagerFactory manager =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      manager.init(own, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(manager.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a client who trusts in it needs. */
  X509Certificate certificate() {
    try {
      return (X509Certificate)
          KeyStore.getInstance(keys.toFile(), PASSWORD).getCertificate(AUTHORITY);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> aliases() {
    try {
      return Collections.list(KeyStore.getInstance(keys.toFile(), PASSWORD).aliases());
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private void keytool(String alias, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    Path log = keys.resolveSibling("keytool.log");
    try {
      Process made =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int exit = made.waitFor();
      String said = Files.readString(log);
      assertEquals(0, exit, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
