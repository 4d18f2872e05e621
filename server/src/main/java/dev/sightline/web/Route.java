package dev.sightline.web;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.sightline.v1.RuleOuterClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One way to make a call over HTTP, as the contract says.
 *
 * @param method GET, POST, PATCH or DELETE
 * @param takesBody whether the request is the body, rather than the query
 */
record Route(String method, PathTemplate path, boolean takesBody, MethodDescriptor rpc) {
  private static final Set<FieldDescriptor.JavaType> IN_PATHS =
      EnumSet.of(
          FieldDescriptor.JavaType.STRING,
          FieldDescriptor.JavaType.INT,
          FieldDescriptor.JavaType.LONG);

  /**
   * The ways to make a call; none if the contract names none.
   *
   * @throws IllegalStateException with a sentence that names the RPC, if one cannot be served
   */
  static List<Route> of(MethodDescriptor rpc) {
    if (!rpc.getOptions().hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    if (rpc.isClientStreaming()) {
      throw broken(rpc, "streams requests, which HTTP does not");
    }
    HttpRule rule = rpc.getOptions().getExtension(AnnotationsProto.http);
    if (rule.getAdditionalBindingsCount() > 0 || !rule.getResponseBody().isEmpty()) {
      throw broken(rpc, "has additional bindings or a response body, which is not served");
    }
    return List.of(of(rpc, rule));
  }

  private static Route of(MethodDescriptor rpc, HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> of(rpc, rule, "GET", rule.getGet(), false);
      case DELETE -> of(rpc, rule, "DELETE", rule.getDelete(), false);
      case POST -> of(rpc, rule, "POST", rule.getPost(), true);
      case PATCH -> of(rpc, rule, "PATCH", rule.getPatch(), true);
      case PUT -> of(rpc, rule, "PUT", rule.getPut(), true);
      case CUSTOM, PATTERN_NOT_SET -> throw broken(rpc, "names no method that is served");
    };
  }

  private static Route of(
      MethodDescriptor rpc, HttpRule rule, String method, String path, boolean takesBody) {
    if (!rule.getBody().equals(takesBody ? "*" : "")) {
      throw broken(rpc, "must take its body whole (\"*\") with POST, PATCH and PUT, and none else");
    }
    PathTemplate template;
    try {
      template = PathTemplate.parse(path);
    } catch (IllegalArgumentException e) {
      throw broken(rpc, "cannot be served: " + e.getMessage());
    }
    for (String variable : template.variables()) {
      FieldDescriptor field = rpc.getInputType().findFieldByName(variable);
      if (field == null || field.isRepeated() || !IN_PATHS.contains(field.getJavaType())) {
        throw broken(rpc, "has " + variable + " in its path, which no path can say");
      }
    }
    return new Route(method, template, takesBody, rpc);
  }

  /** Whether everybody may call. */
  boolean open() {
    return rpc.getOptions().getExtension(RuleOuterClass.rule).getOpen();
  }

  /** Whether answers stream. */
  boolean streams() {
    return rpc.isServerStreaming();
  }

  private static IllegalStateException broken(MethodDescriptor rpc, String how) {
    return new IllegalStateException("The http rule of " + rpc.getFullName() + " " + how + ".");
  }
}
