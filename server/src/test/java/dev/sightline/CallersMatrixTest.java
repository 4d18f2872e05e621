package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import dev.sightline.AnyCall.Outcome;
import dev.sightline.MatrixCallers.Caller;
import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every RPC there is is called by every kind of caller, and lets in whom its rule names. */
@Timeout(300)
class CallersMatrixTest {
  private static final String NOT_AUTHENTICATED = "UNAUTHENTICATED NOT_AUTHENTICATED";

  private static MatrixWorld world;
  private static Map<String, Channel> strangers;

  @BeforeAll
  static void start() {
    world = MatrixWorld.withTokens();
    strangers = MatrixCallers.strangers(world);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void every_rpc_that_is_served_is_tried() throws Exception {
    var tried = new TreeSet<String>();
    AnyCall.all().forEach(rpc -> tried.add(rpc.name()));
    assertEquals(tried, new TreeSet<>(ValidRequests.rpcs()));
    var services = new TreeSet<String>();
    AnyCall.SERVICES.forEach(service -> services.add(service.getName()));
    services.add("grpc.health.v1.Health");
    services.add("grpc.reflection.v1.ServerReflection");
    assertEquals(services, served());
  }

  private static Set<String> served() throws Exception {
    var answer = new CompletableFuture<ServerReflectionResponse>();
    StreamObserver<ServerReflectionRequest> asked =
        ServerReflectionGrpc.newStub(world.nobody)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable e) {
                    answer.completeExceptionally(e);
                  }

                  @Override
                  public void onCompleted() {}
                });
    asked.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    var names = new TreeSet<String>();
    answer.get().getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .forEach(names::add);
    asked.onCompleted();
    return names;
  }

  @Test
  void whoever_presents_no_valid_token_is_told_the_same_by_every_rpc() {
    List<String> wrong = new ArrayList<>();
    String before = world.everything();
    for (AnyCall rpc : AnyCall.all()) {
      Message request = rpc.emptyRequest();
      String told = rpc.on(world.nobody, request).told("");
      strangers.forEach((kind, channel) -> {
        Outcome outcome = rpc.on(channel, request);
        if (!outcome.brief().equals(NOT_AUTHENTICATED) || !outcome.told("").equals(told)) {
          wrong.add(rpc.name() + " " + kind + ": " + outcome.told(""));
        }
      });
    }
    assertEquals(List.of(), wrong);
    assertEquals(before, world.everything());
  }

  @Test
  void an_operator_is_let_in_to_everything() {
    List<String> wrong = new ArrayList<>();
    for (String name : ValidRequests.rpcs()) {
      for (int i = 0; i < ValidRequests.count(name); i++) {
        Message request = ValidRequests.of(world, name, i);
        Outcome outcome = world.rpc(name).on(world.operator, request);
        if (!outcome.ok()) {
          wrong.add(name + " " + outcome.told(""));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whoever_has_a_token_is_let_in_where_the_rule_lets_them_in() {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (String name : ValidRequests.rpcs()) {
      AnyCall rpc = world.rpc(name);
      List<Caller> callers = MatrixCallers.each(world, rpc.rule());
      callers.forEach(
          caller -> expected.put(cell(rpc, caller), MatrixCallers.expected(rpc, caller)));
      Message refused = ValidRequests.of(world, name, 0);
      String before = world.everything();
      for (Caller caller : callers) {
        if (MatrixCallers.changesNothing(rpc, caller)) {
          outcomes.put(cell(rpc, caller), told(rpc, caller, refused));
        }
      }
      String after = world.everything();
      outcomes.put(name, before.equals(after) ? "nothing changed" : "those who may not changed it");
      expected.put(name, "nothing changed");
      for (Caller caller : callers) {
        if (!MatrixCallers.changesNothing(rpc, caller)) {
          outcomes.put(cell(rpc, caller), told(rpc, caller, ValidRequests.of(world, name, 0)));
        }
      }
    }
    outcomes.entrySet().removeIf(cell -> cell.getValue().equals(expected.get(cell.getKey())));
    expected.keySet().retainAll(outcomes.keySet());
    assertEquals(lines(expected), lines(outcomes));
  }

  private static String cell(AnyCall rpc, Caller caller) {
    return rpc.name() + " by " + caller.name();
  }

  private static String told(AnyCall rpc, Caller caller, Message request) {
    return MatrixCallers.told(rpc, rpc.on(caller.channel(), request));
  }

  private static String lines(Map<String, String> cells) {
    return String.join("\n", cells.entrySet().stream().map(Object::toString).toList());
  }
}
