package dev.sightline;

import static dev.sightline.SupportRealm.SAM;
import static dev.sightline.v1.SupportRole.SUPPORT_ROLE_ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.sightline.TestService.Node;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.Action;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateWorkspaceRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What agents can never do is tried for every RPC there is: an agent who has everything that can be
 * granted is the actor of each request that has one.
 */
class AgentsNeverTest {
  /** What an agent may do in a dashboard's reach, of all that names an actor. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "DashboardService.GetDashboard", "OK",
          "DashboardService.RenameDashboard", "OK",
          // Whoever may not decide sees only what they have asked for themselves.
          "AccessRequestService.ListRequests", "NOTHING",
          "AccessRequestService.GetRequest", "NOT_FOUND REQUEST_NOT_FOUND");

  private static TestService service;
  private static Node node;
  private static Map<String, Object> named;

  @BeforeAll
  static void start() {
    service = TestService.start();
    node = service.node();
    SupportRealm realm = SupportRealm.made(node);
    realm.register(SAM, "Support");
    realm.ask(SAM, "root");
    String grant =
        realm
            .granted(
                SupportRealm.grant("root", SUPPORT_ROLE_ADMINISTRATOR)
                    .setAgentId(SAM)
                    .setUntilRevoked(true))
            .getId();
    realm.ask(SAM, "root");
    var _ =
        node.directory.createTeam(
            CreateTeamRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(Orgs.actor("ada"))
                .setTeamId("team")
                .setName("Team")
                .build());
    var _ =
        node.directory.createWorkspace(
            CreateWorkspaceRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(Orgs.actor("ada"))
                .setWorkspaceId("workspace")
                .setName("Workspace")
                .build());
    Orgs.add(node, "root", "ada", "ann", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "root", "ada", "private", Level.LEVEL_NONE);
    String asked =
        AccessRequestServiceGrpc.newBlockingStub(node.channel)
            .requestAccess(
                RequestAccessRequest.newBuilder()
                    .setOrganizationId("root")
                    .setActor(Orgs.actor("ann"))
                    .setDashboardId("private")
                    .build())
            .getRequest()
            .getId();
    named = new HashMap<>();
    named.put("request_id", asked);
    named.put("token_id", token());
    named.put("kind", "USER");
    named.put("organization_id", "root");
    named.put("organization_ids", "root");
    named.put("dashboard_id", "d");
    named.put("user_id", "mia");
    named.put("new_owner_id", "bo");
    named.put("member_user_id", "mia");
    named.put("team_id", "team");
    named.put("workspace_id", "workspace");
    named.put("agent_id", SAM);
    named.put("grant_id", grant);
    named.put("email", "mia@example.org");
    named.put("group", "Support");
  }

  private static String token() {
    return TokenServiceGrpc.newBlockingStub(node.channel)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("A token")
                .addScopes(Scope.SCOPE_CHECK)
                .setBinding(TokenBinding.newBuilder().setOrganizationId("root"))
                .build())
        .getToken()
        .getId();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void an_agent_is_refused_as_the_actor_of_every_request_but_to_look_and_to_rename()
      throws Exception {
    long before = revision();
    Map<String, String> outcomes = new TreeMap<>();
    for (MethodDescriptor rpc : rpcs()) {
      if (rpc.getInputType().findFieldByName("actor") != null && !rpc.isClientStreaming()) {
        outcomes.put(rpc.getService().getName() + "." + rpc.getName(), outcome(rpc));
      }
    }
    assertTrue(outcomes.size() > 40, () -> "the contract was not found: " + outcomes);
    Map<String, String> otherwise = new TreeMap<>(outcomes);
    otherwise.values().removeIf("PERMISSION_DENIED"::equals);
    assertEquals(lines(new TreeMap<>(ALLOWED)), lines(otherwise));
    assertEquals(before + 1, revision(), "renamed, and nothing else");
  }

  private static String lines(Map<String, String> outcomes) {
    return String.join("\n", outcomes.entrySet().stream().map(Object::toString).toList());
  }

  @Test
  void an_agent_who_is_administrator_may_look_and_edit_and_nothing_else() {
    List<Action> allowed = new ArrayList<>();
    for (Action action : Action.values()) {
      if (action != Action.UNRECOGNIZED
          && action.getNumber() > 0
          && node.access
              .check(
                  CheckRequest.newBuilder()
                      .setOrganizationId("root")
                      .setUserId(SAM)
                      .setDashboardId("d")
                      .setAction(action)
                      .setConsistency(Orgs.FULLY_CONSISTENT)
                      .build())
              .getAllowed()) {
        allowed.add(action);
      }
    }
    assertEquals(
        List.of(
            Action.ACTION_VIEW,
            Action.ACTION_INTERACT,
            Action.ACTION_COPY_LINK,
            Action.ACTION_EDIT,
            Action.ACTION_RENAME),
        allowed);
  }

  private static long revision() {
    return assertInstanceOf(ChainCheck.Intact.class, service.chain("root")).revision();
  }

  private static String outcome(MethodDescriptor rpc) {
    try {
      var method =
          io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
              .setType(rpc.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
              .setFullMethodName(rpc.getService().getFullName() + "/" + rpc.getName())
              .setRequestMarshaller(marshaller(rpc.getInputType()))
              .setResponseMarshaller(marshaller(rpc.getOutputType()))
              .build();
      DynamicMessage request = request(rpc.getInputType(), new HashSet<>());
      var answers =
          ClientCalls.blockingServerStreamingCall(
              node.channel.newCall(method, CallOptions.DEFAULT), request);
      boolean told = false;
      while (answers.hasNext()) {
        told |= tells(answers.next());
      }
      return told ? "OK" : "NOTHING";
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() == io.grpc.Status.Code.PERMISSION_DENIED
          ? "PERMISSION_DENIED"
          : refused.getStatus().getCode() + " " + Refusals.reason(refused);
    }
  }

  /** Whether an answer says more than where it was decided. */
  private static boolean tells(DynamicMessage answer) {
    return answer.getAllFields().keySet().stream()
        .anyMatch(field -> !field.getName().equals("position"));
  }

  private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  /** A request that nothing is wrong with but who asks: each alternative's first is taken. */
  private static DynamicMessage request(Descriptor type, Set<Descriptor> above) {
    DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
    if (!above.add(type)) {
      return request.build();
    }
    for (FieldDescriptor field : type.getFields()) {
      boolean isAlternative =
          field.getContainingOneof() != null && request.hasOneof(field.getContainingOneof());
      Object value = isAlternative ? null : value(field, above);
      if (value != null && field.isRepeated()) {
        request.addRepeatedField(field, value);
      } else if (value != null) {
        request.setField(field, value);
      }
    }
    above.remove(type);
    return request.build();
  }

  /** Null: left out. */
  private static @org.jspecify.annotations.Nullable Object value(
      FieldDescriptor field, Set<Descriptor> above) {
    String name = field.getName();
    if (name.equals("actor")) {
      Descriptor actor = field.getMessageType();
      return DynamicMessage.newBuilder(actor)
          .setField(Objects.requireNonNull(actor.findFieldByName("user_id")), SAM)
          .build();
    }
    if (Set.of(
                "idempotency_key",
                "page_token",
                "etag",
                "consistency",
                "policy",
                "remove",
                "ends_at_micros")
            .contains(name)
        || name.startsWith("new_")
        || name.equals("id")) {
      return named.get(name);
    }
    return switch (field.getJavaType()) {
      case STRING -> named.getOrDefault(name, "unknown");
      case INT, LONG -> field.getJavaType() == JavaType.INT ? (Object) 1 : (Object) 1L;
      case BOOLEAN -> field.getContainingOneof() != null;
      case ENUM -> last(field.getEnumType());
      case MESSAGE -> request(field.getMessageType(), above);
      case FLOAT, DOUBLE, BYTE_STRING -> null;
    };
  }

  /** Of levels, EDITOR; of everything else, the last. */
  private static Object last(EnumDescriptor type) {
    int most = type.getName().equals("Level") ? 3 : type.getValues().size() - 1;
    return type.getValues().get(most);
  }

  private static List<MethodDescriptor> rpcs() throws IOException, DescriptorValidationException {
    Map<String, FileDescriptorProto> files = new HashMap<>();
    try (var in = AgentsNeverTest.class.getResourceAsStream("/sightline/v1.protoset")) {
      FileDescriptorSet.parseFrom(in)
          .getFileList()
          .forEach(file -> files.put(file.getName(), file));
    }
    Map<String, FileDescriptor> built = new HashMap<>();
    List<MethodDescriptor> rpcs = new ArrayList<>();
    for (String file : files.keySet()) {
      FileDescriptor descriptor = built(file, files, built);
      for (ServiceDescriptor one : descriptor.getServices()) {
        if (descriptor.getPackage().equals("sightline.v1")) {
          rpcs.addAll(one.getMethods());
        }
      }
    }
    return rpcs;
  }

  private static FileDescriptor built(
      String name, Map<String, FileDescriptorProto> files, Map<String, FileDescriptor> built)
      throws DescriptorValidationException {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = Objects.requireNonNull(files.get(name), name);
    List<FileDescriptor> needed = new ArrayList<>();
    for (String dependency : file.getDependencyList()) {
      needed.add(built(dependency, files, built));
    }
    FileDescriptor made = FileDescriptor.buildFrom(file, needed.toArray(FileDescriptor[]::new));
    built.put(name, made);
    return made;
  }
}
