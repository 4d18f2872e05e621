package dev.sightline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the packages, and what is known where. */
class ArchitectureTest {
  private static final String ROOT = "dev.sightline.";

  /** What each package may use beside itself; the root may use everything. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry("model", List.of()),
          entry("change", List.of("model")),
          entry("graph", List.of("model", "change")),
          entry("store", List.of("model", "change")),
          entry("cache", List.of("model", "change", "graph", "store")),
          entry("watch", List.of("model", "change", "graph", "cache")),
          entry("command", List.of("model", "change", "graph", "store", "cache")),
          entry("mail", List.of("model", "change", "store")),
          entry("auth", List.of("model", "change", "cache", "store", "v1")),
          entry(
              "rpc",
              List.of(
                  "model", "change", "graph", "store", "cache", "watch", "command", "mail", "auth",
                  "v1")),
          entry("web", List.of("model", "auth", "rpc", "v1")),
          entry("scenario", List.of("model", "v1")),
          entry("cli", List.of("model", "scenario", "v1")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Server.class.getProtectionDomain().getCodeSource().getLocation());

  @TestFactory
  List<DynamicTest> each_package_uses_only_those_that_it_may() {
    List<DynamicTest> tests = new ArrayList<>();
    MAY_USE.forEach((name, others) ->
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(ROOT + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(closedTo(name, others))
                        .check(CLASSES))));
    return tests;
  }

  private static String[] closedTo(String name, List<String> others) {
    List<String> closed = new ArrayList<>(List.of("dev.sightline"));
    MAY_USE.keySet().stream()
        .filter(other -> !other.equals(name) && !others.contains(other))
        .forEach(other -> closed.add(ROOT + other + ".."));
    if (!others.contains("v1")) {
      closed.add(ROOT + "v1..");
    }
    return closed.toArray(String[]::new);
  }

  @Test
  void nothing_below_rpc_knows_protobuf_or_grpc() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "model..",
            ROOT + "change..",
            ROOT + "graph..",
            ROOT + "store..",
            ROOT + "cache..",
            ROOT + "watch..",
            ROOT + "mail..",
            ROOT + "command..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "com.google.rpc..", "io.grpc..", ROOT + "v1..")
        .check(CLASSES);
  }

  @Test
  void only_the_store_knows_sql() {
    noClasses()
        .that()
        .resideInAPackage("dev.sightline..")
        .and()
        .resideOutsideOfPackage(ROOT + "store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jooq..",
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "org.flywaydb..",
            "com.zaxxer..",
            "io.zonky..")
        .check(CLASSES);
  }

  @Test
  void only_web_knows_how_http_is_served() {
    noClasses()
        .that()
        .resideInAPackage("dev.sightline..")
        .and()
        .resideOutsideOfPackage(ROOT + "web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void model_change_and_graph_read_no_clock() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "model..", ROOT + "change..", ROOT + "graph..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.InstantSource.class)
        .check(CLASSES);
  }

  @Test
  void decisions_are_pure() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "command..")
        .and()
        .haveSimpleNameEndingWith("Commands")
        .or()
        .resideInAPackage(ROOT + "command..")
        .and()
        .haveNameMatching(".*Commands\\$.*")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "store..", ROOT + "cache..")
        .check(CLASSES);
  }
}
