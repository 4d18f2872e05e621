package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.AwaitEverywhereResponse;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static final Pattern SNIPPET =
      Pattern.compile(
          "\\{@snippet file=\"dev/sightline/client/Examples.java\" region=\"([a-z]+)\"}");

  @Test
  void the_examples_run() {
    var shown = new ArrayList<>();
    try (var service = TestService.start();
        var client = service.client()) {
      var examples = new Examples(client.organization("acme"), shown::add);
      assertTrue(Examples.connect(service.target()));
      assertEquals(2, Examples.streamed(service.target(), List.of("revenue", "costs")));
      assertTrue(Examples.nearCache(service.target(), shown::add));
      service.watches.spread(
          AwaitEverywhereResponse.newBuilder().setSpread(dev.sightline.v1.Spread.SPREAD_CONFIRMED));
      examples.everywhere();
      assertTrue(examples.check());
      examples.batch();
      examples.evidence();
      examples.freshness(Position.ORIGIN);
      examples.position();
      examples.list();
      examples.pages();
      examples.listStream();
      examples.audience();
      examples.explain();
      assertEquals("true, one of 25", examples.async().join());
      examples.dashboards();
      examples.access();
      examples.preview();
      examples.share();
      examples.users();
      examples.teams();
      examples.workspaces();
      examples.operator(client);
      examples.errors();
      examples.watch();
      examples.filters();
      examples.cursor(shown::add);
      examples.cursors(client);
      assertFalse(shown.isEmpty());
    }
  }

  @Test
  void every_public_type_shows_an_example_that_is_there() throws IOException {
    var examples = Files.readString(Path.of("src/test/java/dev/sightline/client/Examples.java"));
    for (var type : publicTypes()) {
      var source = Files.readString(type);
      var snippet = SNIPPET.matcher(source);
      assertTrue(snippet.find(), type + " shows no example");
      var region = "@start region=\"" + snippet.group(1) + "\"";
      assertTrue(examples.contains(region), type + " shows an example that is not there");
    }
  }

  private static List<Path> publicTypes() throws IOException {
    try (var files = Files.list(Path.of("src/main/java/dev/sightline/client"))) {
      return files.filter(ExamplesTest::isPublicType).toList();
    }
  }

  private static boolean isPublicType(Path file) {
    var name = file.getFileName().toString().replace(".java", "");
    try {
      return !name.equals("package-info")
          && Modifier.isPublic(Class.forName("dev.sightline.client." + name).getModifiers());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
