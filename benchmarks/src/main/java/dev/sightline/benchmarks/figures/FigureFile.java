package dev.sightline.benchmarks.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures for programs, as JSON, with every round's result. */
public final class FigureFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;

  public FigureFile(Path path) {
    this.path = path;
  }

  /** Writes the figures over whatever was there. */
  public void write(String mode, List<Figure> figures) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var content = new LinkedHashMap<String, Object>();
    content.put("mode", mode);
    content.put("processors", Runtime.getRuntime().availableProcessors());
    content.put("java", Runtime.version().toString());
    content.put("figures", figures.stream().map(FigureFile::fields).toList());
    JSON.writeValue(path.toFile(), content);
  }

  private static Map<String, Object> fields(Figure figure) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("figure", figure.name());
    fields.put("measured", figure.measured());
    fields.put("comparedWith", figure.comparedWith());
    fields.put("yardstick", figure.yardstick());
    fields.put("result", figure.result().median());
    fields.put("rounds", figure.result().values());
    fields.put("goal", figure.goal());
    fields.put("met", figure.isMet());
    return fields;
  }
}
