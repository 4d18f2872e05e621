package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  @Test
  void names_no_type_of_grpc_protobuf_or_the_contract() throws Exception {
    var leaks = new ArrayList<String>();
    for (var type : publicTypes()) {
      signatures(type)
          .filter(it -> it.matches(".*\\b(io\\.grpc|com\\.google|dev\\.sightline\\.v1)\\b.*"))
          .forEach(it -> leaks.add(type.getSimpleName() + ": " + it));
    }
    assertEquals(List.of(), leaks);
  }

  @Test
  void names_no_type_that_is_not_public() throws Exception {
    var names = publicTypes().stream().map(Class::getTypeName).toList();
    assertTrue(names.size() > 40, names.toString());
    for (var type : publicTypes()) {
      for (var word : signatures(type).flatMap(it -> Stream.of(it.split("[^\\w.$]+"))).toList()) {
        assertTrue(
            !word.startsWith("dev.sightline.client.") || names.contains(word),
            type.getSimpleName() + " names " + word);
      }
    }
  }

  @Test
  void takes_no_optional() throws Exception {
    for (var type : publicTypes()) {
      for (var method : type.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          assertTrue(
              Stream.of(method.getParameterTypes()).noneMatch(java.util.Optional.class::equals),
              method.toString());
        }
      }
    }
  }

  @Test
  void the_asynchronous_calls_are_the_blocking_ones() {
    assertEquals(calls(Organization.class), calls(AsyncOrganization.class));
    assertEquals(calls(Actor.class), calls(AsyncActor.class));
    assertEquals(calls(Directory.class), calls(AsyncDirectory.class));
    assertEquals(calls(Operator.class), calls(AsyncOperator.class));
  }

  private static List<String> calls(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(PublicApiTest::isVisible)
        .map(it -> it.getName() + Arrays.toString(it.getParameterTypes()))
        .filter(it -> !it.equals("async[]"))
        .sorted()
        .toList();
  }

  private static Stream<String> signatures(Class<?> type) {
    var parts = new ArrayList<Type>();
    parts.addAll(Arrays.asList(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      parts.add(type.getGenericSuperclass());
    }
    executables(type).forEach(it -> parts.addAll(Arrays.asList(it.getGenericParameterTypes())));
    executables(type).forEach(it -> parts.addAll(Arrays.asList(it.getGenericExceptionTypes())));
    Arrays.stream(type.getDeclaredMethods())
        .filter(PublicApiTest::isVisible)
        .map(Method::getGenericReturnType)
        .forEach(parts::add);
    Arrays.stream(type.getDeclaredFields())
        .filter(it -> isVisible(it.getModifiers()) && !it.isSynthetic())
        .forEach(it -> parts.add(it.getGenericType()));
    return parts.stream().map(Type::getTypeName);
  }

  private static Stream<Executable> executables(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .map(Executable.class::cast)
        .filter(PublicApiTest::isVisible);
  }

  private static boolean isVisible(Executable it) {
    return isVisible(it.getModifiers()) && !it.isSynthetic();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    var types = new ArrayList<Class<?>>();
    try (var files = Files.list(Path.of("target/classes/dev/sightline/client"))) {
      for (var file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        var name = file.getFileName().toString().replace(".class", "");
        var type = Class.forName("dev.sightline.client." + name);
        if (isPublicAllTheWay(type)) {
          types.add(type);
        }
      }
    }
    return types;
  }

  private static boolean isPublicAllTheWay(Class<?> type) {
    var outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublicAllTheWay(outer));
  }
}
