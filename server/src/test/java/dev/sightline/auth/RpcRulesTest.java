package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.Rule;
import dev.sightline.v1.RuleOuterClass;
import dev.sightline.v1.Scope;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Fails the build when an RPC says not, or not rightly, who may call it. */
class RpcRulesTest {
  private static List<FileDescriptorProto> contract() throws IOException {
    var registry = ExtensionRegistry.newInstance();
    RuleOuterClass.registerAllExtensions(registry);
    try (var in = RpcRulesTest.class.getResourceAsStream("/sightline/v1.protoset")) {
      return FileDescriptorSet.parseFrom(in, registry).getFileList().stream()
          .filter(file -> file.getPackage().equals("sightline.v1"))
          .toList();
    }
  }

  @Test
  void every_rpc_of_the_contract_has_a_rule_that_can_be_held_to() throws IOException {
    Map<String, DescriptorProto> messages = new HashMap<>();
    for (FileDescriptorProto file : contract()) {
      file.getMessageTypeList().forEach(m -> messages.put(".sightline.v1." + m.getName(), m));
    }
    List<String> wrong = new ArrayList<>();
    int rpcs = 0;
    for (FileDescriptorProto file : contract()) {
      for (var service : file.getServiceList()) {
        for (MethodDescriptorProto rpc : service.getMethodList()) {
          rpcs++;
          String complaint = complaint(rpc, messages);
          if (!complaint.isEmpty()) {
            wrong.add(service.getName() + "." + rpc.getName() + " " + complaint);
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(rpcs > 40, () -> "the contract was not found");
  }

  private static String complaint(
      MethodDescriptorProto rpc, Map<String, DescriptorProto> messages) {
    if (!rpc.getOptions().hasExtension(RuleOuterClass.rule)) {
      return "has no rule";
    }
    Rule rule = rpc.getOptions().getExtension(RuleOuterClass.rule);
    if (rule.getOpen()) {
      return "is open to everybody";
    }
    if (rule.getAnyOfCount() == 0
        || rule.getAnyOfList().contains(Scope.SCOPE_UNSPECIFIED)
        || rule.getAnyOfList().contains(Scope.UNRECOGNIZED)) {
      return "has no scope, or one that does not exist";
    }
    return switch (rule.getTarget()) {
      case TARGET_ORGANIZATION ->
          namesOrganization(Objects.requireNonNull(messages.get(rpc.getInputType())))
              ? ""
              : "is about an organization that its request does not name";
      case TARGET_ALL, TARGET_OWN -> "";
      case TARGET_UNSPECIFIED, UNRECOGNIZED -> "has no target";
    };
  }

  private static boolean namesOrganization(DescriptorProto request) {
    return request.getFieldList().stream()
        .anyMatch(field ->
            field.getName().equals("organization_id")
                && field.getType() == FieldDescriptorProto.Type.TYPE_STRING
                && field.getLabel() != FieldDescriptorProto.Label.LABEL_REPEATED
                && !field.hasOneofIndex());
  }

  @Test
  void an_rpc_about_an_organization_reads_its_id_from_the_request() {
    var rules = RpcRules.of(List.of(new TinyServices.Echo().bindService()));
    var rule = assertInstanceOf(RpcRule.Guarded.class, rules.of(EchoServiceGrpc.getEchoMethod()));
    var target = assertInstanceOf(RpcRule.OneOrganization.class, rule.target());
    var request = EchoRequest.newBuilder().setOrganizationId("acme").build();
    assertEquals("acme", target.named().apply(request));
    assertTrue(rule.anyOf().contains(dev.sightline.auth.Scope.CHECK));
  }

  @Test
  void a_service_without_rules_cannot_be_started() {
    var rpc =
        MethodDescriptor.<EchoRequest, EchoResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Unruly/Call")
            .setRequestMarshaller(ProtoUtils.marshaller(EchoRequest.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(EchoResponse.getDefaultInstance()))
            .build();
    var unruly =
        ServerServiceDefinition.builder("test.Unruly")
            .addMethod(rpc, (_, _) -> new io.grpc.ServerCall.Listener<>() {})
            .build();
    var refusal = assertThrows(IllegalStateException.class, () -> RpcRules.of(List.of(unruly)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("test.Unruly/Call"));
  }

  @Test
  void health_is_open_and_what_nobody_registered_is_not() {
    var health = new HealthStatusManager().getHealthService().bindService();
    var rules = RpcRules.of(List.of(health));
    health
        .getMethods()
        .forEach(m -> assertEquals(new RpcRule.Open(), rules.of(m.getMethodDescriptor())));
    assertNull(rules.of(EchoServiceGrpc.getEchoMethod()));
  }
}
