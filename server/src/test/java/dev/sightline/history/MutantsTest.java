package dev.sightline.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** That they can be hunted; {@link MutantMain} hunts them. */
class MutantsTest {
  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> what_a_mutant_changes_is_there_once_and_it_compiles() {
    return Mutants.ALL.stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> compiled(mutant)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> what_makes_a_mutant_show_is_a_fault_that_there_is() {
    return Mutants.ALL.stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> Faults.named(mutant.faults())))
        .toList();
  }

  private void compiled(Mutant mutant) throws IOException {
    mutant.compile(folder.resolve(mutant.name()));
  }
}
