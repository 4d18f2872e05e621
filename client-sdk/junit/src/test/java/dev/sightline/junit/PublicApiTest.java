package dev.sightline.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(SightlineExtension.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void names_only_the_sdk_and_junit() {
    List<String> leaks =
        CLASSES.stream()
            .filter(PublicApiTest::isPublic)
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(PublicApiTest::leaks)
            .toList();
    assertEquals(List.of(), leaks);
  }

  private static Stream<String> leaks(JavaCodeUnit unit) {
    return unit.getAllInvolvedRawTypes().stream()
        .map(JavaClass::getBaseComponentType)
        .filter(type -> !isOfTheApi(type))
        .map(type -> unit.getFullName() + " names " + type.getName());
  }

  private static boolean isOfTheApi(JavaClass type) {
    String name = type.getPackageName();
    return type.isPrimitive()
        || name.startsWith("java.")
        || name.startsWith("org.junit.jupiter.api")
        || name.equals("dev.sightline.client")
        || (name.equals("dev.sightline.junit") && isPublic(type));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  @Test
  void is_these_types() {
    assertEquals(
        Set.of("ClockStartsAt", "SightlineExtension", "TestClock", "TestOrganization"),
        Set.copyOf(
            CLASSES.stream()
                .filter(PublicApiTest::isPublic)
                .map(JavaClass::getSimpleName)
                .toList()));
  }

  @Test
  void nothing_here_knows_more_of_the_server_than_how_to_run_it() {
    noClasses()
        .should()
        .dependOnClassesThat(
            new com.tngtech.archunit.base.DescribedPredicate<>("are inside the server") {
              @Override
              public boolean test(JavaClass type) {
                return isInsideTheServer(type);
              }
            })
        .check(CLASSES);
  }

  private static boolean isInsideTheServer(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith("dev.sightline.")
        && !name.equals("dev.sightline.client")
        && !name.equals("dev.sightline.junit")
        && !type.getFullName().startsWith("dev.sightline.store.ScratchDatabases")
        && !type.getFullName().equals("dev.sightline.store.DatabaseSettings");
  }
}
