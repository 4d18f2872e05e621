package dev.sightline.history;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A fault of ours put into the source on purpose: a checker that finds no fault must be able to.
 *
 * @param where whose it is
 * @param file its source
 * @param edits what is put in place of what
 * @param faults what must go wrong for it to show
 */
record Mutant(String name, Where where, String file, List<Edit> edits, List<String> faults) {
  /** Whose source it is, as seen from the server's folder, where tests run. */
  enum Where {
    NODE("src/main/java/dev/sightline/"),
    CLIENT("../client-sdk/src/main/java/dev/sightline/client/");

    private final String folder;

    Where(String folder) {
      this.folder = folder;
    }
  }

  /**
   * One place of it.
   *
   * @param original a piece of the source that occurs in it once
   */
  record Edit(String original, String replacement) {}

  static Mutant ofNode(
      String name, String file, String original, String replacement, String... faults) {
    return new Mutant(
        name, Where.NODE, file, List.of(new Edit(original, replacement)), List.of(faults));
  }

  static Mutant ofClient(
      String name, String file, String original, String replacement, String... faults) {
    return new Mutant(
        name, Where.CLIENT, file, List.of(new Edit(original, replacement)), List.of(faults));
  }

  /** Shows in answers that come too late, not in those to calls that began too late. */
  boolean needsStrictness() {
    return name.equals("no-second-look-at-the-clock");
  }

  /** With another place. */
  Mutant and(String original, String replacement) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit(original, replacement));
    return new Mutant(name, where, file, all, faults);
  }

  /**
   * The source with the fault in it.
   *
   * @throws IllegalStateException if a piece is not there, or more than once
   */
  String source() throws IOException {
    String source = Files.readString(Path.of(where.folder + file));
    for (Edit edit : edits) {
      int at = source.indexOf(edit.original());
      if (at < 0 || source.indexOf(edit.original(), at + 1) >= 0) {
        throw new IllegalStateException(
            "%s: this is in %s %s: %s"
                .formatted(name, file, at < 0 ? "no more" : "more than once", edit.original()));
      }
      source = source.replace(edit.original(), edit.replacement());
    }
    return source;
  }

  /**
   * Compiles it into a folder to be put before the class path.
   *
   * @throws IllegalStateException if it does not compile
   */
  void compile(Path into) throws IOException {
    Path sources = Files.createDirectories(into.resolveSibling(into.getFileName() + "-source"));
    Path source = Files.writeString(sources.resolve(Path.of(file).getFileName()), source());
    Files.createDirectories(into);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-d",
              into.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException(name + " does not compile:\n" + said);
      }
    }
  }
}
