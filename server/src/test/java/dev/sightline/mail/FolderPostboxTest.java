package dev.sightline.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sightline.mail.Postbox.Delivery;
import dev.sightline.model.EmailAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderPostboxTest {
  private static final Letter LETTER =
      new Letter(
          7,
          new EmailAddress("fay@acme.test"),
          "Umsätze ⟨2027⟩ has been shared with you",
          "Ein Brief\n\nhttps://access.acme.test/l/abc\n",
          "<p>Ein Brief — שלום</p>\n");

  @TempDir private Path base;

  private Path folder() {
    return base.resolve("data").resolve("outbox");
  }

  private Postbox postbox(Path folder) {
    return new FolderPostbox(folder, "Sightline <access@acme.test>", InstantSource.system());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void a_letter_can_be_read_as_it_was_written_and_leaves_nothing_else_behind() throws IOException {
    try (Postbox postbox = postbox(folder())) {
      assertEquals(new Delivery.Taken(), postbox.deliver(LETTER));
      assertEquals(List.of("000000000007.eml"), files());
      assertEquals(LETTER, postbox.read(7));
      assertNull(postbox.read(8));
    }
  }

  @Test
  void a_letter_that_is_sent_again_takes_the_place_of_the_one_before() throws IOException {
    Letter again = new Letter(7, LETTER.to(), "Again", LETTER.text(), LETTER.html());
    try (Postbox postbox = postbox(folder())) {
      var _ = postbox.deliver(LETTER);
      assertEquals(new Delivery.Taken(), postbox.deliver(again));
      assertEquals(again, postbox.read(7));
      assertEquals(List.of("000000000007.eml"), files());
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nobody_but_its_owner_reads_a_letter() throws IOException {
    try (Postbox postbox = postbox(folder())) {
      var _ = postbox.deliver(LETTER);
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder().resolve("000000000007.eml"))));
  }

  @Test
  void a_folder_that_cannot_be_is_tried_again() throws IOException {
    Path file = Files.writeString(base.resolve("file"), "in the way");
    try (Postbox postbox = postbox(file)) {
      var _ = assertInstanceOf(Delivery.NotNow.class, postbox.deliver(LETTER));
    }
  }
}
