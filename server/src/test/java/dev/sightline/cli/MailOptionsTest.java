package dev.sightline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of mail, and what it does not let pass. */
class MailOptionsTest {
  private static final String SMTPS = "smtps://access@mail.acme.test";

  @TempDir private Path folder;

  private static String refused(String... arguments) {
    Run run = Run.of(arguments);
    assertEquals(2, run.exit(), run.err());
    assertEquals(List.of(), run.served());
    return run.err();
  }

  /** Two certificates that the JDK brings along. */
  private static List<X509Certificate> authorities() throws Exception {
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    List<String> aliases = Collections.list(keys.aliases()).subList(0, 2);
    return List.of(
        (X509Certificate) keys.getCertificate(aliases.get(0)),
        (X509Certificate) keys.getCertificate(aliases.get(1)));
  }

  private Path file(List<X509Certificate> certificates) throws Exception {
    var pem = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      pem.append("Some authority's\n-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return Files.writeString(folder.resolve("ca.pem"), pem);
  }

  @Test
  void a_mail_server_is_trusted_for_the_certificates_that_are_given() throws Exception {
    List<X509Certificate> two = authorities();
    String path = file(two).toString();
    Run run = Run.of("serve", "--smtp-url", SMTPS, "--smtp-trust", path);
    assertEquals(0, run.exit(), run.err());
    assertEquals(two, run.served().getFirst().mail().smtp().orElseThrow().trusted());
    Run other = Run.of(Map.of("SIGHTLINE_SMTP_TRUST", path), "serve", "--smtp-url", SMTPS);
    assertEquals(two, other.served().getFirst().mail().smtp().orElseThrow().trusted());
  }

  @Test
  void a_mail_server_is_trusted_as_this_machine_does_unless_said() {
    Run run = Run.of("serve", "--smtp-url", SMTPS);
    assertEquals(List.of(), run.served().getFirst().mail().smtp().orElseThrow().trusted());
  }

  @Test
  void a_file_without_certificates_is_refused_before_anything_starts() throws IOException {
    Path file = folder.resolve("wrong.pem");
    for (String content :
        List.of(
            "",
            "nothing",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
      Files.writeString(file, content);
      String why = refused("serve", "--smtp-url", SMTPS, "--smtp-trust", file.toString());
      assertTrue(why.contains("--smtp-trust: " + file + " holds something else"), why);
    }
    String away = folder.resolve("away.pem").toString();
    assertTrue(
        refused("serve", "--smtp-url", SMTPS, "--smtp-trust", away).contains("cannot be read"));
  }

  @Test
  void trust_without_encryption_or_without_a_server_is_refused() throws Exception {
    String path = file(authorities()).toString();
    String plain = refused("serve", "--smtp-url", "smtp://localhost", "--smtp-trust", path);
    assertTrue(plain.contains("not encrypted"), plain);
    String none = refused("serve", "--smtp-trust", path);
    assertTrue(none.contains("no --smtp-url"), none);
  }

  private static List<String> warnings(String... arguments) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new)).served().getFirst().mail().warnings();
  }

  @Test
  void mail_that_leaves_this_machine_leads_somewhere_or_it_is_said() {
    String page = "--public-url=https://access.acme.test";
    String dashboards = "--dashboard-url=https://app.acme.test/{dashboard}";
    assertEquals(List.of(), warnings());
    assertEquals(List.of(), warnings("--smtp-url", SMTPS, page, dashboards));
    assertEquals(
        List.of(
            "--dashboard-url is not set: Open Dashboard in mails leads to a page that says so."),
        warnings("--smtp-url", SMTPS, page));
    assertEquals(
        List.of(
            "--public-url is http://localhost:7412: the links in mails can be opened on this"
                + " machine only."),
        warnings("--smtp-url", SMTPS, dashboards));
    assertEquals(2, warnings("--smtp-url", SMTPS, "--public-url=http://[::1]:7412").size());
  }
}
