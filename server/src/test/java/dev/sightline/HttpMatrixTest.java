package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.sightline.MatrixCallers.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same callers over HTTP, and those of a node that asks nobody for a token. */
@Timeout(300)
class HttpMatrixTest {
  private static final Map<String, Integer> STATUSES =
      Map.of(
          "OK", 200,
          "UNAUTHENTICATED", 401,
          "PERMISSION_DENIED", 403,
          "NOT_FOUND", 404,
          "FAILED_PRECONDITION", 400);

  @Test
  void over_http_every_call_lets_in_the_same_callers() {
    try (MatrixWorld world = MatrixWorld.withTokens();
        Web web = Web.to(world.server.httpPort())) {
      List<String> wrong = new ArrayList<>();
      Map<String, @Nullable String> strangers = MatrixCallers.strangersTokens(world);
      strangers.put("with nonsense", "nonsense");
      strangers.put("without a token", null);
      int served = 0;
      for (String name : ValidRequests.rpcs()) {
        AnyCall rpc = world.rpc(name);
        if (!MatrixHttp.serves(rpc)) {
          continue;
        }
        served++;
        List<Caller> callers = MatrixCallers.each(world, rpc.rule());
        Message refused = ValidRequests.of(world, name, 0);
        String before = world.everything();
        strangers.forEach((kind, token) ->
            check(
                rpc,
                kind,
                MatrixHttp.outcome(web.with(token), rpc, refused),
                "UNAUTHENTICATED NOT_AUTHENTICATED",
                wrong));
        for (Caller caller : callers) {
          if (MatrixCallers.changesNothing(rpc, caller)) {
            check(rpc, web, caller, refused, wrong);
          }
        }
        if (!before.equals(world.everything())) {
          wrong.add(name + " was changed by those who may not");
        }
        for (Caller caller : callers) {
          if (!MatrixCallers.changesNothing(rpc, caller) && !caller.bound().contains("realm")) {
            check(rpc, web, caller, ValidRequests.of(world, name, 0), wrong);
          }
        }
      }
      assertEquals("", String.join("\n", wrong));
      assertTrue(served > 80);
    }
  }

  private static void check(
      AnyCall rpc, Web web, Caller caller, Message request, List<String> wrong) {
    String expected = MatrixCallers.expected(rpc, caller);
    // What an answer shows beyond that is asserted over gRPC.
    String brief = expected.startsWith("OK") ? "OK" : expected;
    var outcome = MatrixHttp.outcome(web.with(caller.token()), rpc, request);
    check(rpc, caller.name(), outcome, brief, wrong);
  }

  private static void check(
      AnyCall rpc, String caller, MatrixHttp.Outcome outcome, String expected, List<String> wrong) {
    Integer status = STATUSES.get(expected.split(" ", 2)[0]);
    if (!expected.equals(outcome.brief()) || status != outcome.status()) {
      wrong.add(rpc.name() + " by " + caller + ": " + outcome + " not " + expected);
    }
  }

  @Test
  void without_tokens_everybody_on_this_machine_may_do_everything() {
    try (MatrixWorld world = MatrixWorld.withoutTokens();
        Web web = Web.to(world.server.httpPort())) {
      List<String> wrong = new ArrayList<>();
      for (String name : ValidRequests.rpcs()) {
        AnyCall rpc = world.rpc(name);
        var outcome = rpc.on(world.nobody, ValidRequests.of(world, name, 0));
        if (!outcome.ok()) {
          wrong.add(name + " " + outcome);
        }
        if (MatrixHttp.serves(rpc)) {
          check(
              rpc,
              "anybody",
              MatrixHttp.outcome(web, rpc, ValidRequests.of(world, name, 0)),
              "OK",
              wrong);
        }
      }
      assertEquals("", String.join("\n", wrong));
    }
  }
}
