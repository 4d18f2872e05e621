package dev.sightline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.sightline.v1.Rule;
import dev.sightline.v1.RuleOuterClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes the API as OpenAPI 3.1, out of the contract and its comments. */
final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String REFUSAL = "Refusal";

  private final Comments comments = Comments.read();
  private final Schemas schemas = new Schemas(comments);
  private final ObjectNode paths = JSON.objectNode();

  private OpenApi() {}

  /** The document, UTF-8. */
  static byte[] of(Routes routes) {
    var api = new OpenApi();
    Set<ServiceDescriptor> services = new LinkedHashSet<>();
    for (Route route : routes.all()) {
      services.add(route.rpc().getService());
      api.paths
          .withObjectProperty(route.path().shown())
          .set(route.method().toLowerCase(Locale.ROOT), api.operation(route));
    }
    try {
      return JsonMapper.builder().build().writeValueAsBytes(api.document(services));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the document does not print", e);
    }
  }

  private ObjectNode document(Set<ServiceDescriptor> services) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    String version = OpenApi.class.getPackage().getImplementationVersion();
    document
        .putObject("info")
        .put("title", "Sightline")
        .put("version", version == null ? "unreleased" : version)
        .put(
            "description",
            "May this person see, edit, … this dashboard, now? The same calls as over gRPC, with"
                + " the same rights and the same refusals. Numbers of 64 bits are strings, bytes"
                + " are base64. Streams are lines of JSON: a result each, an error as the last.");
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security").addObject().putArray("token");
    ArrayNode tags = document.putArray("tags");
    services.forEach(service ->
        tags.addObject()
            .put("name", service.getName())
            .put("description", comments.of(service.getFullName())));
    document.set("paths", paths);
    ObjectNode components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    ObjectNode all = schemas.all();
    all.set(REFUSAL, refusal());
    components.set("schemas", all);
    return document;
  }

  private ObjectNode operation(Route route) {
    MethodDescriptor rpc = route.rpc();
    String text = comments.of(rpc.getFullName());
    ObjectNode operation =
        JSON.objectNode()
            .put("operationId", rpc.getService().getName() + "_" + rpc.getName())
            .put("summary", firstSentence(text))
            .put("description", (text + "\n\n" + callers(rpc)).strip());
    operation.putArray("tags").add(rpc.getService().getName());
    if (route.open()) {
      operation.putArray("security");
    }
    ArrayNode parameters = operation.putArray("parameters");
    Set<String> inPath = new LinkedHashSet<>(route.path().variables());
    for (String variable : inPath) {
      parameter(parameters, "path", rpc.getInputType().findFieldByName(variable), "")
          .put("required", true);
    }
    if (route.takesBody()) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      content(body, Answers.JSON).set("schema", body(rpc.getInputType(), inPath));
    } else {
      rpc.getInputType().getFields().stream()
          .filter(field -> !inPath.contains(field.getName()))
          .forEach(field -> query(parameters, field, ""));
    }
    responses(operation.putObject("responses"), route);
    return operation;
  }

  private void responses(ObjectNode responses, Route route) {
    ObjectNode answer = responses.putObject("200").put("description", "The answer.");
    Descriptor type = route.rpc().getOutputType();
    if (route.streams()) {
      ObjectNode line = content(answer, "application/x-ndjson").putObject("schema");
      answer.put("description", "Lines of JSON, each a result, or an error as the last one.");
      line.put("type", "object");
      ObjectNode properties = line.putObject("properties");
      properties.set("result", schemas.reference(type));
      properties.set("error", Schemas.reference(REFUSAL));
    } else {
      content(answer, Answers.JSON).set("schema", schemas.reference(type));
    }
    ObjectNode refused = responses.putObject("default").put("description", "Why not.");
    content(refused, Answers.JSON).set("schema", Schemas.reference(REFUSAL));
  }

  private static ObjectNode content(ObjectNode of, String type) {
    return of.putObject("content").putObject(type);
  }

  /** The request without what the path says. */
  private ObjectNode body(Descriptor type, Set<String> inPath) {
    ObjectNode body = JSON.objectNode().put("type", "object");
    ObjectNode properties = body.putObject("properties");
    type.getFields().stream()
        .filter(field -> !inPath.contains(field.getName()))
        .forEach(field -> properties.set(field.getJsonName(), schemas.described(field)));
    return body.put("additionalProperties", false);
  }

  private void query(ArrayNode parameters, FieldDescriptor field, String before) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      parameter(parameters, "query", field, before);
    } else if (!field.isRepeated()) {
      field
          .getMessageType()
          .getFields()
          .forEach(inner -> query(parameters, inner, before + field.getJsonName() + "."));
    }
  }

  private ObjectNode parameter(
      ArrayNode parameters, String in, FieldDescriptor field, String before) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", before + field.getJsonName()).put("in", in);
    String text = comments.of(field.getFullName());
    if (!text.isEmpty()) {
      parameter.put("description", text);
    }
    parameter.set("schema", schemas.of(field));
    return parameter;
  }

  private static String firstSentence(String text) {
    String first = text.split("\n", 2)[0];
    int end = first.indexOf(". ");
    return end < 0 ? first : first.substring(0, end + 1);
  }

  private static String callers(MethodDescriptor rpc) {
    Rule rule = rpc.getOptions().getExtension(RuleOuterClass.rule);
    if (rule.getOpen()) {
      return "Needs no token.";
    }
    List<String> scopes =
        rule.getAnyOfList().stream()
            .map(scope -> scope.name().replace("SCOPE_", "").toLowerCase(Locale.ROOT))
            .toList();
    return "Needs a token with the scope "
        + scopes.stream().collect(Collectors.joining(" or "))
        + ".";
  }

  /** google.rpc.Status, as it comes here. */
  private static ObjectNode refusal() {
    ObjectNode refusal = JSON.objectNode().put("type", "object");
    refusal.put("description", "Why a call was not carried out (google.rpc.Status).");
    ObjectNode properties = refusal.putObject("properties");
    properties
        .putObject("code")
        .put("type", "integer")
        .put("description", "As google.rpc.Code numbers them.");
    properties.putObject("message").put("type", "string").put("description", "For people.");
    ObjectNode details = properties.putObject("details").put("type", "array");
    ObjectNode info = details.putObject("items").put("type", "object").putObject("properties");
    info.putObject("@type").put("type", "string");
    info.putObject("reason").put("type", "string").put("description", "For programs.");
    info.putObject("domain").put("type", "string").put("const", "sightline.dev");
    ObjectNode facts = info.putObject("metadata").put("type", "object");
    facts.put("description", "What a person needs to act on it, by name.");
    facts.putObject("additionalProperties").put("type", "string");
    return refusal;
  }
}
