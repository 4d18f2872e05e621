package dev.sightline.web;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which call a method and a path stand for. */
final class Routes {
  /** Whether there is something at a path. */
  sealed interface Found {
    /**
     * A call.
     *
     * @param variables what the path says, still encoded, by the fields' names in the contract
     */
    record Call(Route route, Map<String, String> variables) implements Found {}

    /** Something, but not for that method; OPTIONS is not counted. */
    record OtherMethods(Set<String> methods) implements Found {}

    /** Nothing. */
    record Nothing() implements Found {}
  }

  /** So many segments, and what follows the last colon. */
  private record Shape(int segments, String verb) {}

  private final List<Route> all;
  private final Map<Shape, List<Route>> byShape = new HashMap<>();

  private Routes(List<Route> all) {
    this.all = List.copyOf(all);
    for (Route route : all) {
      byShape
          .computeIfAbsent(
              new Shape(route.path().segments().size(), route.path().verb()),
              _ -> new ArrayList<>())
          .add(route);
    }
  }

  /**
   * The routes to everything that these services offer and the contract has a path for.
   *
   * @throws IllegalStateException with a sentence, if one cannot be served, or two are the same
   */
  static Routes of(Collection<ServerServiceDefinition> services) {
    List<MethodDescriptor> rpcs = new ArrayList<>();
    for (ServerServiceDefinition service : services) {
      for (var method : service.getMethods()) {
        if (method.getMethodDescriptor().getSchemaDescriptor()
            instanceof ProtoMethodDescriptorSupplier supplier) {
          rpcs.add(supplier.getMethodDescriptor());
        }
      }
    }
    return ofRpcs(rpcs);
  }

  static Routes ofRpcs(Collection<MethodDescriptor> rpcs) {
    List<Route> routes = rpcs.stream().flatMap(rpc -> Route.of(rpc).stream()).toList();
    refuseOverlaps(routes);
    return new Routes(routes);
  }

  /** So it does not matter which is looked at first. */
  private static void refuseOverlaps(List<Route> routes) {
    for (int i = 0; i < routes.size(); i++) {
      for (Route other : routes.subList(i + 1, routes.size())) {
        Route route = routes.get(i);
        if (route.method().equals(other.method()) && route.path().overlaps(other.path())) {
          throw new IllegalStateException(
              "%s and %s have paths that can be the same."
                  .formatted(route.rpc().getFullName(), other.rpc().getFullName()));
        }
      }
    }
  }

  /** All of them, in the order of the contract. */
  List<Route> all() {
    return all;
  }

  /** The route to an RPC; null if it has none. */
  @Nullable Route to(MethodDescriptor rpc) {
    return all.stream()
        .filter(route -> route.rpc().getFullName().equals(rpc.getFullName()))
        .findAny()
        .orElse(null);
  }

  /**
   * What is found by a method at a path.
   *
   * @param path still encoded
   */
  Found find(String method, String path) {
    if (!path.startsWith("/")) {
      return new Found.Nothing();
    }
    List<String> segments = new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
    String last = segments.getLast();
    int colon = last.lastIndexOf(':');
    if (colon >= 0) {
      var whole = List.copyOf(segments);
      segments.set(segments.size() - 1, last.substring(0, colon));
      Found found = find(method, segments, last.substring(colon + 1));
      // An agent's id holds a colon, too.
      return found instanceof Found.Nothing ? find(method, whole, "") : found;
    }
    return find(method, segments, "");
  }

  private Found find(String method, List<String> segments, String verb) {
    Set<String> others = new TreeSet<>();
    for (Route route : byShape.getOrDefault(new Shape(segments.size(), verb), List.of())) {
      Map<String, String> variables = route.path().match(segments);
      if (variables != null && route.method().equals(method)) {
        return new Found.Call(route, variables);
      }
      if (variables != null) {
        others.add(route.method());
        if (route.method().equals("GET") && !route.streams()) {
          others.add("HEAD");
        }
      }
    }
    return others.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(others);
  }
}
