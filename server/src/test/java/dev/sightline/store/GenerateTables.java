package dev.sightline.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/**
 * Writes the classes for the tables, from the migrations: starts a PostgreSQL, migrates it, and has
 * jOOQ look at it. Run it in {@code server}, or name the folder of its main sources.
 */
public final class GenerateTables {
  static final String PACKAGE = "dev.sightline.store.jooq";

  private GenerateTables() {}

  public static void main(String... arguments) throws Exception {
    Path sources = Path.of(arguments.length > 0 ? arguments[0] : "src/main/java");
    Path folder = Files.createTempDirectory("sightline-generate");
    try (var postgres = EmbeddedPostgres.start(folder, line -> System.out.println(line))) {
      generate(postgres.settings(), sources);
    } finally {
      delete(folder);
    }
  }

  static void generate(DatabaseSettings settings, Path sources) throws Exception {
    Schema.migrate(settings);
    GenerationTool.generate(configuration(settings, sources));
  }

  private static Configuration configuration(DatabaseSettings settings, Path sources) {
    return new Configuration()
        .withJdbc(
            new Jdbc()
                .withDriver("org.postgresql.Driver")
                .withUrl(settings.url())
                .withUser(settings.user())
                .withPassword(settings.password()))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.postgres.PostgresDatabase")
                        .withInputSchema("public")
                        .withOutputSchemaToDefault(true)
                        .withExcludes("flyway_.*")
                        .withIncludeRoutines(false)
                        .withForcedTypes(forcedTypes()))
                .withGenerate(
                    new Generate()
                        .withRecords(false)
                        .withGeneratedAnnotation(true)
                        .withGeneratedAnnotationDate(false)
                        .withGeneratedAnnotationJooqVersion(false)
                        .withJavadoc(false)
                        .withComments(false)
                        .withKeys(true)
                        .withIndexes(false)
                        .withSources(false)
                        .withGlobalCatalogReferences(false)
                        .withGlobalSchemaReferences(false))
                .withTarget(
                    new Target()
                        .withPackageName(PACKAGE)
                        .withDirectory(sources.toString())
                        .withClean(true)));
  }

  private static List<ForcedType> forcedTypes() {
    return List.of(
        new ForcedType()
            .withName("INSTANT")
            .withIncludeTypes("timestamptz|timestamp with time zone"),
        anEnum("dev.sightline.model.Role", "user_account\\.role"),
        anEnum("dev.sightline.model.Status", "user_account\\.status"),
        anEnum("dev.sightline.model.SupportRole", "support_grant_workspace\\.role"),
        anEnum("dev.sightline.model.RequestStatus", "access_request\\.status"),
        anEnum("dev.sightline.model.LinkDecision", "one_click_link\\.decision"),
        anEnum("dev.sightline.change.WaitingMail.Kind", "waiting_mail\\.kind"));
  }

  private static ForcedType anEnum(String type, String column) {
    return new ForcedType()
        .withUserType(type)
        .withEnumConverter(true)
        .withIncludeExpression(".*\\." + column);
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
