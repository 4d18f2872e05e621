package dev.sightline.mail;

import dev.sightline.model.EmailAddress;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to a folder, a file a letter: where there is no mail server. The files can be opened
 * with any mail program, and nobody but their owner may read them.
 *
 * <p>INVARIANT: what was taken is on disk, since its mail then forgets what it says.
 */
public final class FolderPostbox implements Postbox {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final Session session = Session.getInstance(new Properties());
  private final MimeLetters letters;

  public FolderPostbox(Path folder, String from, InstantSource time) {
    this.folder = folder;
    this.letters = new MimeLetters(session, SmtpPostbox.address(from), time);
  }

  @Override
  public Delivery deliver(Letter letter) {
    try {
      create();
      Path written = Files.createTempFile(folder, ".letter", "", onlyOwner());
      try {
        try (OutputStream out = Files.newOutputStream(written)) {
          letters.message(letter).writeTo(out);
        }
        force(written, StandardOpenOption.WRITE);
        Files.move(written, file(letter.id()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
      forceNames(folder);
      return new Delivery.Taken();
    } catch (IOException e) {
      return new Delivery.NotNow("the folder " + folder + " cannot be written to");
    } catch (MessagingException e) {
      return new Delivery.Never("not a letter that can be written down");
    }
  }

  private void create() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        forceNames(parent);
      }
    }
  }

  /** The names in a folder are on disk with it, where a folder can be opened at all. */
  private static void forceNames(Path folder) throws IOException {
    if (POSIX) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static void force(Path path, OpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private FileAttribute<?>[] onlyOwner() {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private Path file(long id) {
    return folder.resolve("%012d.eml".formatted(id));
  }

  @Override
  public @Nullable Letter read(long id) {
    if (!Files.exists(file(id))) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file(id))) {
      MimeMessage message = new MimeMessage(session, in);
      MimeMultipart parts = (MimeMultipart) message.getContent();
      return new Letter(
          id,
          new EmailAddress(message.getAllRecipients()[0].toString()),
          message.getSubject(),
          text(parts.getBodyPart(0)),
          text(parts.getBodyPart(1)));
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException("the letter in " + file(id) + " cannot be read", e);
    }
  }

  private static String text(BodyPart part) throws IOException, MessagingException {
    return ((String) part.getContent()).replace("\r\n", "\n");
  }

  @Override
  public void close() {
    // Files stay.
  }
}
