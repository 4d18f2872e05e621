package dev.sightline.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.time.Instant;

/** A report for programs: a line of JSON for each file, and one with the totals. */
public final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));

  private JsonReport() {}

  public static void print(Report report, PrintWriter out) {
    try {
      for (Outcome outcome : report.outcomes()) {
        out.println(JSON.writeValueAsString(outcome));
      }
      out.println(JSON.writeValueAsString(report.totals()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written as JSON", e);
    }
  }
}
