package dev.sightline.auth;

import com.google.protobuf.Descriptors;
import dev.sightline.v1.Rule;
import dev.sightline.v1.RuleOuterClass;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule of each RPC, as the contract says it; made once, at start. An RPC that is not in here is
 * refused to everybody.
 */
public final class RpcRules {
  /** Not ours, so without rules: whether the server is up, and what it serves. */
  private static final Set<String> OPEN_SERVICES =
      Set.of(
          "grpc.health.v1.Health",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection");

  private final Map<String, RpcRule> byMethod;

  private RpcRules(Map<String, RpcRule> byMethod) {
    this.byMethod = Map.copyOf(byMethod);
  }

  /**
   * The rules of everything that these services offer.
   *
   * @throws IllegalStateException with a sentence that names the RPC, if one has no rule or one
   *     that cannot be held to
   */
  public static RpcRules of(Collection<ServerServiceDefinition> services) {
    var rules = new HashMap<String, RpcRule>();
    for (ServerServiceDefinition service : services) {
      boolean open = OPEN_SERVICES.contains(service.getServiceDescriptor().getName());
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        MethodDescriptor<?, ?> rpc = method.getMethodDescriptor();
        rules.put(rpc.getFullMethodName(), open ? new RpcRule.Open() : rule(rpc));
      }
    }
    return new RpcRules(rules);
  }

  @Nullable RpcRule of(MethodDescriptor<?, ?> rpc) {
    return byMethod.get(rpc.getFullMethodName());
  }

  private static RpcRule rule(MethodDescriptor<?, ?> rpc) {
    Rule rule = written(rpc);
    if (rule.getOpen()) {
      demand(rule.getAnyOfCount() == 0, rpc, "is open and yet asks for a scope");
      return new RpcRule.Open();
    }
    demand(rule.getAnyOfCount() > 0, rpc, "has a rule without a scope");
    return rpc.getRequestMarshaller() instanceof LimitedRequests<?> limited
        ? new RpcRule.Guarded(
            scopes(rpc, rule), target(rpc, rule), limited.tooLarge(), limited.malformed())
        : new RpcRule.Guarded(scopes(rpc, rule), target(rpc, rule), null, null);
  }

  private static Rule written(MethodDescriptor<?, ?> rpc) {
    if (rpc.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
      Descriptors.MethodDescriptor method = supplier.getMethodDescriptor();
      demand(method.getOptions().hasExtension(RuleOuterClass.rule), rpc, "has no rule");
      return method.getOptions().getExtension(RuleOuterClass.rule);
    }
    throw broken(rpc, "has no descriptor that a rule could be read from");
  }

  private static Scopes scopes(MethodDescriptor<?, ?> rpc, Rule rule) {
    return Scopes.of(
        rule.getAnyOfList().stream()
            .map(scope ->
                switch (scope) {
                  case SCOPE_CHECK -> Scope.CHECK;
                  case SCOPE_WATCH -> Scope.WATCH;
                  case SCOPE_MANAGE -> Scope.MANAGE;
                  case SCOPE_SUPPORT -> Scope.SUPPORT;
                  case SCOPE_OPERATE -> Scope.OPERATE;
                  case SCOPE_UNSPECIFIED, UNRECOGNIZED ->
                      throw broken(rpc, "asks for a scope that does not exist");
                })
            .toList());
  }

  private static RpcRule.Target target(MethodDescriptor<?, ?> rpc, Rule rule) {
    return switch (rule.getTarget()) {
      case TARGET_ORGANIZATION -> new RpcRule.OneOrganization(OrganizationField.of(requests(rpc)));
      case TARGET_ALL -> new RpcRule.Everything();
      case TARGET_OWN -> new RpcRule.Own();
      case TARGET_UNSPECIFIED, UNRECOGNIZED -> throw broken(rpc, "has a rule without a target");
    };
  }

  private static Class<?> requests(MethodDescriptor<?, ?> rpc) {
    if (rpc.getRequestMarshaller() instanceof MethodDescriptor.ReflectableMarshaller<?> known) {
      return known.getMessageClass();
    }
    throw broken(rpc, "does not tell the class of its requests");
  }

  private static void demand(boolean met, MethodDescriptor<?, ?> rpc, String otherwise) {
    if (!met) {
      throw broken(rpc, otherwise);
    }
  }

  private static IllegalStateException broken(MethodDescriptor<?, ?> rpc, String how) {
    return new IllegalStateException(
        "The RPC " + rpc.getFullMethodName() + " " + how + ", so nobody may be let in to it.");
  }
}
