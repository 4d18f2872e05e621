package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sightline.AnyCall.Outcome;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.Rule;
import io.grpc.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an answer gives to be passed on is good for what it was given for: every RPC that goes on
 * with a page, or is at least as new as a position, is tried with those of others and with made-up
 * ones.
 */
@Timeout(300)
class PassedOnMatrixTest {
  private static MatrixWorld world;

  @BeforeAll
  static void start() {
    world = MatrixWorld.withTokens();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static Message with(Message message, String name, Object value) {
    return message.toBuilder().setField(field(message, name), value).build();
  }

  private static FieldDescriptor field(Message message, String name) {
    return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name), name);
  }

  /** Where the list goes on after one; empty at its end. */
  private static String next(AnyCall rpc, Channel caller, Message request) {
    Outcome outcome = rpc.on(caller, with(request, "page_size", 1));
    return outcome.ok()
        ? (String) MatrixWorld.field(outcome.answers().getFirst(), "next_page_token")
        : "";
  }

  @Test
  void a_list_goes_on_only_where_this_caller_was_in_this_list() {
    List<String> wrong = new ArrayList<>();
    Map<String, String> pages = new LinkedHashMap<>();
    for (AnyCall rpc : AnyCall.all()) {
      if (!rpc.names("page_token")) {
        continue;
      }
      Message list = ValidRequests.of(world, rpc.name(), 0);
      String own = next(rpc, world.operator, list);
      pages.put(rpc.name(), own);
      if (own.isEmpty() || !rpc.on(world.operator, with(list, "page_token", own)).ok()) {
        wrong.add(rpc.name() + " has no second page");
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(pages.size() > 10, pages::toString);
    for (String name : pages.keySet()) {
      AnyCall rpc = world.rpc(name);
      Message list = ValidRequests.of(world, name, 0);
      foreign(rpc, list, pages)
          .forEach((kind, page) -> {
            String outcome = rpc.on(world.operator, with(list, "page_token", page)).brief();
            if (!outcome.equals("INVALID_ARGUMENT INVALID_PAGE_TOKEN")) {
              wrong.add(name + " with a page token " + kind + ": " + outcome);
            }
          });
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** Page tokens that are none for the operator in this list. */
  private static Map<String, String> foreign(AnyCall rpc, Message list, Map<String, String> pages) {
    String own = Objects.requireNonNull(pages.get(rpc.name()));
    int middle = own.length() / 2;
    String other = own.charAt(middle) == 'A' ? "B" : "A";
    Map<String, String> foreign = new LinkedHashMap<>();
    foreign.put("cut off", own.substring(0, own.length() - 1));
    foreign.put("altered", own.substring(0, middle) + other + own.substring(middle + 1));
    foreign.put("and more", own + "A");
    MatrixForeign.NO_IDS
        .subList(1, MatrixForeign.NO_IDS.size())
        .forEach(no -> foreign.put("such as " + no.substring(0, 1), no));
    pages.forEach((name, page) -> {
      if (!name.equals(rpc.name())) {
        foreign.put("of " + name, page);
      }
    });
    if (rpc.rule().getTarget() != Rule.Target.TARGET_ALL) {
      foreign.put("of another caller", next(rpc, world.caller(rpc), list));
    }
    if (rpc.names("organization_id")) {
      foreign.put("of far", next(rpc, world.operator, inFar(list)));
    }
    foreign.values().removeIf(String::isEmpty);
    return foreign;
  }

  private static Message inFar(Message list) {
    Message far = with(list, "organization_id", "far");
    return far.getDescriptorForType().findFieldByName("actor") == null
        ? far
        : with(far, "actor", Orgs.actor("far-ada"));
  }

  @Test
  void an_answer_is_never_as_new_as_the_position_of_another_organization() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    ByteString home = world.position("home");
    Map<ByteString, String> positions = new LinkedHashMap<>();
    positions.put(home, "OK");
    positions.put(later(home), "FAILED_PRECONDITION POSITION_UNKNOWN");
    for (ByteString no :
        List.of(
            world.position("far"),
            world.position("west"),
            ByteString.EMPTY,
            home.substring(1),
            home.concat(home),
            ByteString.copyFrom(new byte[home.size()]),
            ByteString.copyFromUtf8("y".repeat(100_000)))) {
      positions.put(no, "INVALID_ARGUMENT INVALID_POSITION");
    }
    for (AnyCall rpc : AnyCall.all()) {
      if (!rpc.names("consistency")) {
        continue;
      }
      tried++;
      Message valid = ValidRequests.of(world, rpc.name(), 0);
      positions.forEach((position, expected) -> {
        var atLeast = Consistency.newBuilder().setAtLeast(position).build();
        String brief = brief(rpc.on(world.caller(rpc), with(valid, "consistency", atLeast)));
        if (!expected.endsWith(brief)) {
          wrong.add(rpc.name() + " at least " + position.size() + ": " + brief + " " + expected);
        }
      });
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(tried > 10);
  }

  /** A stream says it of the item. */
  private static String brief(Outcome outcome) {
    return outcome.ok()
            && outcome.answers().getFirst() instanceof dev.sightline.v1.StreamChecksResponse item
            && item.hasError()
        ? item.getError().getReason()
        : outcome.brief();
  }

  /** The same position, a thousand revisions later. */
  private static ByteString later(ByteString position) {
    ByteBuffer bytes = ByteBuffer.wrap(position.toByteArray());
    bytes.putLong(1, bytes.getLong(1) + 1_000);
    return ByteString.copyFrom(bytes.array());
  }
}
