package dev.sightline.mail;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How mail is sent.
 *
 * @param links where its links lead
 * @param from the address that it comes from
 */
public record MailSettings(Links links, String from, Delivery delivery) {
  /** For stories and tests: kept in the process. */
  public static final MailSettings IN_MEMORY =
      new MailSettings(
          Links.of(URI.create("http://localhost:7412")),
          "Sightline <sightline@localhost.localdomain>",
          new Delivery.InMemory());

  /** What delivers. */
  public sealed interface Delivery {
    /** Kept in the process. */
    record InMemory() implements Delivery {}

    /** A file each, in this folder. */
    record Folder(Path path) implements Delivery {}

    /** A mail server. */
    record Smtp(SmtpSettings server) implements Delivery {}
  }

  /**
   * What delivers, made to be used.
   *
   * @throws IllegalArgumentException if {@code from} is no address
   */
  public Postbox postbox(InstantSource time) {
    return switch (delivery) {
      case Delivery.InMemory() -> new MemoryPostbox();
      case Delivery.Folder(Path path) -> new FolderPostbox(path, from, time);
      case Delivery.Smtp(SmtpSettings server) -> new SmtpPostbox(server, from, time);
    };
  }
}
