package dev.sightline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTablesTest {
  @Test
  void the_committed_tables_are_those_of_the_migrations(@TempDir Path generated) throws Exception {
    GenerateTables.generate(TestDatabase.fresh(), generated);
    assertEquals(sources(generated), sources(Path.of("src/main/java")));
  }

  private static Map<String, String> sources(Path root) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    Path tables = root.resolve(GenerateTables.PACKAGE.replace('.', '/'));
    try (Stream<Path> files = Files.walk(tables).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        sources.put(tables.relativize(file).toString(), Files.readString(file));
      }
    }
    return sources;
  }
}
