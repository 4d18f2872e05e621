package dev.sightline.auth;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/**
 * Compiles, for a class of requests, what reads {@code organization_id} as fast as a plain call.
 */
final class OrganizationField {
  private OrganizationField() {}

  /**
   * @throws IllegalStateException if these requests have no such field
   */
  static Function<Object, String> of(Class<?> requests) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle getter =
          lookup.findVirtual(requests, "getOrganizationId", MethodType.methodType(String.class));
      MethodHandle maker =
          LambdaMetafactory.metafactory(
                  lookup,
                  "apply",
                  MethodType.methodType(Function.class),
                  MethodType.methodType(Object.class, Object.class),
                  getter,
                  MethodType.methodType(String.class, requests))
              .getTarget();
      @SuppressWarnings("unchecked") // What the factory was told to make.
      var accessor = (Function<Object, String>) maker.invoke();
      return accessor;
    } catch (Throwable e) {
      throw new IllegalStateException(
          requests.getSimpleName() + " has no field organization_id that is a string.", e);
    }
  }
}
