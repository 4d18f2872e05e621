package dev.sightline.history;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Sets a virtual machine's wall clock apart, as far as {@link Instant#now} and {@link Clock} go:
 * the class that reads it is put in place of Java's own, changed. The monotonic clock stays.
 */
final class OtherClock {
  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
  private static final String READS_THE_CLOCK = "currentInstant";

  private OtherClock() {}

  /** Options for a virtual machine whose clock is so many seconds fast. */
  static List<String> options(Path folder, long seconds) throws IOException {
    Path patch = folder.resolve("clock" + seconds);
    Path file = patch.resolve("java/time/Clock.class");
    Files.createDirectories(file.getParent());
    try (InputStream own = Clock.class.getResourceAsStream("Clock.class")) {
      var parsed = ClassFile.of().parse(own.readAllBytes());
      CodeTransform later =
          (builder, element) -> {
            if (element instanceof ReturnInstruction) {
              builder
                  .loadConstant(seconds)
                  .invokevirtual(
                      INSTANT,
                      "plusSeconds",
                      MethodTypeDesc.of(INSTANT, ClassDesc.ofDescriptor("J")));
            }
            builder.with(element);
          };
      Files.write(
          file,
          ClassFile.of()
              .transformClass(
                  parsed,
                  ClassTransform.transformingMethodBodies(
                      method -> method.methodName().equalsString(READS_THE_CLOCK), later)));
    }
    return List.of("--patch-module", "java.base=" + patch, "-Xshare:off");
  }
}
