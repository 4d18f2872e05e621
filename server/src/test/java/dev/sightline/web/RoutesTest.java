package dev.sightline.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import dev.sightline.v1.RuleOuterClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Fails the build when an RPC cannot be called over HTTP, or is not in the document. */
class RoutesTest {
  private static final List<MethodDescriptor> RPCS = contract();
  private static final Routes ROUTES = Routes.ofRpcs(RPCS);

  private static List<MethodDescriptor> contract() {
    var registry = ExtensionRegistry.newInstance();
    RuleOuterClass.registerAllExtensions(registry);
    AnnotationsProto.registerAllExtensions(registry);
    List<MethodDescriptor> rpcs = new ArrayList<>();
    try (var in = RoutesTest.class.getResourceAsStream("/sightline/v1.protoset")) {
      Map<String, FileDescriptor> built = new HashMap<>();
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in, registry).getFileList()) {
        FileDescriptor[] imports =
            file.getDependencyList().stream().map(built::get).toArray(FileDescriptor[]::new);
        FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports);
        built.put(file.getName(), descriptor);
        for (ServiceDescriptor service : descriptor.getServices()) {
          rpcs.addAll(service.getMethods());
        }
      }
    } catch (IOException | DescriptorValidationException e) {
      throw new AssertionError(e);
    }
    return rpcs;
  }

  @Test
  void every_rpc_that_does_not_stream_requests_has_a_path() {
    List<String> without =
        RPCS.stream()
            .filter(rpc -> !rpc.isClientStreaming() && ROUTES.to(rpc) == null)
            .map(MethodDescriptor::getFullName)
            .toList();
    assertEquals(List.of(), without);
    assertTrue(RPCS.size() > 40, "the contract was not read");
  }

  @Test
  void an_organization_that_a_rule_goes_by_is_in_the_path() {
    for (Route route : ROUTES.all()) {
      boolean named = route.rpc().getInputType().findFieldByName("organization_id") != null;
      boolean byOrganization =
          route.rpc().getOptions().getExtension(RuleOuterClass.rule).getTarget()
              == dev.sightline.v1.Rule.Target.TARGET_ORGANIZATION;
      boolean makesIt = route.path().segments().size() == 2;
      if (named && byOrganization && !makesIt) {
        assertTrue(route.path().variables().contains("organization_id"), route.rpc().getFullName());
      }
    }
  }

  @Test
  void a_path_is_found_with_what_it_says() {
    var found =
        assertInstanceOf(
            Routes.Found.Call.class,
            ROUTES.find("POST", "/v1/organizations/acme/dashboards/d%20x:rename"));
    assertEquals("RenameDashboard", found.route().rpc().getName());
    assertEquals(Map.of("organization_id", "acme", "dashboard_id", "d%20x"), found.variables());
  }

  @Test
  void a_colon_that_no_verb_follows_belongs_to_the_id() {
    var found =
        assertInstanceOf(
            Routes.Found.Call.class,
            ROUTES.find("GET", "/v1/organizations/acme/users/support:eve"));
    assertEquals("support:eve", found.variables().get("user_id"));
    var inside =
        assertInstanceOf(
            Routes.Found.Call.class,
            ROUTES.find("GET", "/v1/organizations/acme/users/support:eve/dashboards/d:canView"));
    assertEquals("support:eve", inside.variables().get("user_id"));
    assertEquals("d", inside.variables().get("dashboard_id"));
  }

  @Test
  void other_methods_are_told_where_there_are_some() {
    var found =
        assertInstanceOf(
            Routes.Found.OtherMethods.class, ROUTES.find("PUT", "/v1/organizations/acme/users/x"));
    assertEquals(Set.of("GET", "HEAD", "PATCH", "DELETE"), found.methods());
    assertInstanceOf(Routes.Found.Nothing.class, ROUTES.find("GET", "/v1//acme"));
    assertInstanceOf(Routes.Found.Nothing.class, ROUTES.find("GET", "*"));
  }

  @Test
  void templates_that_cannot_be_served_are_refused() {
    for (String template : List.of("v1/x", "/v1/{a=**}", "/v1//x", "/v1/{a}{b}", "/v1/*")) {
      assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(template), template);
    }
  }

  @Test
  void what_is_not_encoded_rightly_is_no_text() {
    assertEquals("a b+c", Percent.decodedPath("a%20b+c"));
    assertEquals("a b c", Percent.decodedQuery("a%20b+c"));
    assertEquals("é", Percent.decodedPath("%C3%A9"));
    for (String wrong : List.of("%", "%4", "%zz", "%C3", "%ED%A0%80", "é")) {
      assertEquals(null, Percent.decodedPath(wrong), wrong);
    }
  }

  @Test
  void the_document_holds_every_route_with_its_words_and_points_nowhere_in_vain()
      throws IOException {
    JsonNode document = JsonMapper.builder().build().readTree(OpenApi.of(ROUTES));
    Set<String> operations = new HashSet<>();
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        assertTrue(operations.add(operation.path("operationId").asText()));
        assertFalse(operation.path("summary").asText().isEmpty(), operation::toString);
        operation
            .path("parameters")
            .forEach(parameter ->
                assertFalse(parameter.path("description").asText().isEmpty(), parameter::toString));
      }
    }
    assertEquals(ROUTES.all().size(), operations.size());
    Set<String> dangling = new TreeSet<>();
    document
        .findValuesAsText("$ref")
        .forEach(reference -> {
          if (document.at(reference.substring(1)).isMissingNode()) {
            dangling.add(reference);
          }
        });
    assertEquals(Set.of(), dangling);
  }

  @Test
  void the_document_says_what_the_contract_says_of_each_field() throws IOException {
    JsonNode document = JsonMapper.builder().build().readTree(OpenApi.of(ROUTES));
    List<String> silent = new ArrayList<>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(schema ->
            schema.getValue().path("properties").properties().stream()
                .filter(field -> !schema.getKey().equals("Refusal"))
                .filter(field -> field.getValue().path("description").asText().isEmpty())
                .forEach(field -> silent.add(schema.getKey() + "." + field.getKey())));
    assertEquals(List.of(), silent);
    Descriptor first = RPCS.getFirst().getInputType();
    assertFalse(Comments.read().of(first.getFullName()).isEmpty());
  }
}
