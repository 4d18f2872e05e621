package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sightline.AnyCall.Outcome;
import dev.sightline.MatrixForeign.Values;
import dev.sightline.MatrixSpots.Spot;
import dev.sightline.v1.Rule;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every RPC there is is asked about what is none of the organization's, at every place where a
 * request can name something: what exists nowhere, what exists in another organization only, what
 * is deleted, and what is no id.
 */
@Timeout(300)
class ForeignMatrixTest {
  /** Words that only look for something. */
  private static final Set<String> FILTERS = Set.of("query", "filter.kind", "group");

  /** What an agent did before being removed may be told afterwards. */
  private static final Set<String> MAY_CHANGE =
      Set.of("GONE SupportAccessService/RecordAgentActivity");

  private static final String NO_ORGANIZATION = "NOT_FOUND ORGANIZATION_NOT_FOUND";
  private static final String NO_ID = "INVALID_ARGUMENT MALFORMED_ID";

  private static MatrixWorld world;
  private static Map<Tries, List<String>> wrong;

  @BeforeAll
  static void start() {
    world = MatrixWorld.withTokens();
    wrong = tryAll();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** One request, in which one place after the other says something else. */
  private static final class Trial {
    private final List<String> wrong;
    private final AnyCall rpc;
    private final Message valid;
    private final List<Outcome> granted = new ArrayList<>();

    Trial(List<String> wrong, AnyCall rpc, Message valid) {
      this.wrong = wrong;
      this.rpc = rpc;
      this.valid = valid;
    }

    Outcome outcome(Spot spot, Object value, String expected) {
      Outcome outcome = rpc.on(world.caller(rpc), spot.saying(value));
      if (!expected.equals(brief(outcome))) {
        complain(spot, shortened(value) + " gave " + outcome.told("") + " not " + expected);
      }
      if (outcome.told(value.toString()).matches("(?s).*(far-|Foreign).*")) {
        complain(spot, shortened(value) + " tells of what is far: " + outcome.told(""));
      }
      return outcome;
    }

    /** OK may stand for an error of an item, which then is said. */
    private static String brief(Outcome outcome) {
      boolean isError = outcome.ok() && outcome.told("").contains("MALFORMED_ID");
      return isError ? "OK error MALFORMED_ID" : outcome.brief();
    }

    void complain(Spot spot, String what) {
      wrong.add(rpc.name() + " " + spot.path() + " " + what);
    }

    private static String shortened(Object value) {
      String text = value.toString().replaceAll("\\p{Cntrl}", "?");
      return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    void unknownAndFar(Spot spot) {
      Values values = MatrixForeign.values(world, rpc, spot.kind());
      if (values == null) {
        return;
      }
      String expected = MatrixForeign.ofUnknown(rpc, spot.path(), spot.kind());
      Outcome unknown = outcome(spot, values.unknown(), expected);
      granted.add(unknown);
      if (values.elsewhere() != null) {
        Outcome elsewhere = outcome(spot, values.elsewhere(), expected);
        String toldOfUnknown = unknown.told(values.unknown().toString());
        if (!elsewhere.told(values.elsewhere().toString()).equals(toldOfUnknown)) {
          complain(spot, "tells them apart:\n" + elsewhere.told("") + "\n" + unknown.told(""));
        }
      }
    }

    /** Words that no database keeps are refused, or there is nothing that they find. */
    void unspeakable(Spot spot) {
      for (String no : List.of("a\u0000b", "\u0000", "y".repeat(300_000))) {
        Outcome outcome = rpc.on(world.caller(rpc), spot.saying(no));
        boolean isFilter = FILTERS.contains(spot.path()) && outcome.ok();
        if (!isFilter && outcome.code() != Status.Code.INVALID_ARGUMENT) {
          complain(spot, shortened(no) + " gave " + outcome.told(""));
        }
      }
    }

    void gone(Spot spot) {
      Values values = MatrixForeign.values(world, rpc, spot.kind());
      if (values != null && values.gone() != null) {
        var _ = outcome(spot, values.gone(), MatrixForeign.ofGone(rpc, spot.path(), spot.kind()));
      }
    }

    void malformed(Spot spot) {
      String expected = MatrixForeign.ofMalformed(rpc, spot.path(), spot.kind());
      for (Object no : MatrixForeign.malformed(rpc, spot.path(), spot.kind())) {
        var _ = outcome(spot, no, expected);
      }
    }

    /** What is right about the request is carried out, and tells more than what was not. */
    void carryOut() {
      Outcome outcome = rpc.on(world.caller(rpc, valid), valid);
      if (!outcome.ok()) {
        wrong.add(rpc.name() + " is not carried out: " + outcome.told(""));
      }
      granted.stream()
          .filter(other -> other.ok() && other.told("").equals(outcome.told("")))
          .filter(_ -> !rpc.name().matches(".*/(Echo|Unsubscribe|Watch|WatchOneWay)"))
          .forEach(_ -> wrong.add(rpc.name() + " tells no more of what is there: " + outcome));
    }
  }

  /** What is tried at every place of every request. */
  private enum Tries {
    UNKNOWN_AND_FAR {
      @Override
      void on(Trial trial) {
        MatrixSpots.in(trial.valid).forEach(trial::unknownAndFar);
      }
    },
    GONE {
      @Override
      void on(Trial trial) {
        MatrixSpots.in(trial.valid).forEach(trial::gone);
      }
    },
    MALFORMED {
      @Override
      void on(Trial trial) {
        MatrixSpots.in(trial.valid).forEach(trial::malformed);
      }
    },
    UNSPEAKABLE {
      @Override
      void on(Trial trial) {
        MatrixSpots.words(trial.valid).forEach(trial::unspeakable);
      }
    };

    abstract void on(Trial trial);
  }

  /** What is wrong, of all that is tried on all valid requests. */
  private static Map<Tries, List<String>> tryAll() {
    Map<Tries, List<String>> wrong = new EnumMap<>(Tries.class);
    for (String name : ValidRequests.rpcs()) {
      AnyCall rpc = world.rpc(name);
      var _ = world.caller(rpc); // whose token is made the first time
      for (int i = 0; i < ValidRequests.count(name); i++) {
        Message valid = ValidRequests.of(world, name, i);
        String before = world.everything();
        Trial unknown = new Trial(new ArrayList<>(), rpc, valid);
        for (Tries tries : Tries.values()) {
          Trial trial = new Trial(wrong.computeIfAbsent(tries, _ -> new ArrayList<>()), rpc, valid);
          tries.on(trial);
          String after = world.everything();
          if (!before.equals(after) && !MAY_CHANGE.contains(tries + " " + name)) {
            trial.wrong.add(name + " changes something though it is refused");
          }
          before = after;
          unknown = tries == Tries.UNKNOWN_AND_FAR ? trial : unknown;
        }
        unknown.carryOut();
      }
    }
    return wrong;
  }

  @Test
  void what_exists_elsewhere_is_as_unknown_as_what_exists_nowhere() {
    assertNothingWrong(Tries.UNKNOWN_AND_FAR);
  }

  @Test
  void what_is_deleted_or_over_is_not_brought_back() {
    assertNothingWrong(Tries.GONE);
  }

  @Test
  void what_is_no_id_is_refused_wherever_it_stands() {
    assertNothingWrong(Tries.MALFORMED);
  }

  @Test
  void words_that_cannot_be_kept_are_refused() {
    assertNothingWrong(Tries.UNSPEAKABLE);
  }

  private static void assertNothingWrong(Tries tries) {
    assertEquals("", String.join("\n", wrong.get(tries)));
  }

  @Test
  void an_organization_that_is_none_is_told_to_those_who_may_ask_about_all() {
    List<String> wrong = new ArrayList<>();
    for (AnyCall rpc : AnyCall.all()) {
      if (rpc.rule().getTarget() == Rule.Target.TARGET_ORGANIZATION) {
        boolean isQuestion =
            rpc.name().matches("(Access|Echo|Digest)Service/.*") && !rpc.names("actor");
        Message valid = ValidRequests.of(world, rpc.name(), 0);
        String before = world.everything();
        // A position names its organization.
        String unknown =
            rpc.names("position") ? "INVALID_ARGUMENT INVALID_POSITION" : NO_ORGANIZATION;
        operators(rpc, valid, "no-organization", isQuestion ? "OK" : unknown, wrong);
        for (String no : MatrixForeign.NO_IDS) {
          operators(rpc, valid, no, rpc.name().startsWith("Echo") ? "OK" : NO_ID, wrong);
        }
        if (!before.equals(world.everything())) {
          wrong.add(rpc.name() + " changes something in no organization");
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  private static void operators(
      AnyCall rpc, Message valid, String organization, String expected, List<String> wrong) {
    var field = Objects.requireNonNull(rpc.rpc().getInputType().findFieldByName("organization_id"));
    Message asked = valid.toBuilder().setField(field, organization).build();
    Outcome outcome = rpc.on(world.operator, asked);
    boolean isStreamed = outcome.ok() && outcome.told("").contains("MALFORMED_ID");
    if (!expected.equals(isStreamed ? NO_ID : outcome.brief())) {
      wrong.add(rpc.name() + " about " + Trial.shortened(organization) + ": " + outcome.told(""));
    }
  }

  @Test
  void bytes_that_are_no_message_are_refused_by_every_rpc() {
    List<String> wrong = new ArrayList<>();
    for (AnyCall rpc : AnyCall.all()) {
      for (byte[] no : unreadable(rpc)) {
        String outcome = rpc.onBytes(world.operator, no).brief();
        if (!outcome.equals("INVALID_ARGUMENT MALFORMED_REQUEST")) {
          wrong.add(rpc.name() + " " + Arrays.toString(no) + " " + outcome);
        }
        if (!rpc.onBytes(world.nobody, no).brief().equals("UNAUTHENTICATED NOT_AUTHENTICATED")) {
          wrong.add(rpc.name() + " looks at what nobody sends");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Cut off, of no type that there is, and each text in something other than UTF-8. */
  private static List<byte[]> unreadable(AnyCall rpc) {
    List<byte[]> unreadable = new ArrayList<>();
    unreadable.add(new byte[] {10, 100, 1});
    unreadable.add(new byte[] {15, 1, 2});
    for (FieldDescriptor field : rpc.rpc().getInputType().getFields()) {
      if (field.getType() == FieldDescriptor.Type.STRING) {
        unreadable.add(new byte[] {(byte) (field.getNumber() << 3 | 2), 2, (byte) 0xC3, '('});
      }
    }
    return unreadable;
  }

  @Test
  void every_id_that_a_request_can_name_is_tried() {
    List<String> never = new ArrayList<>();
    for (String name : ValidRequests.rpcs()) {
      Set<String> paths = new TreeSet<>(MatrixSpots.paths(world.rpc(name).rpc().getInputType()));
      for (int i = 0; i < ValidRequests.count(name); i++) {
        MatrixSpots.in(ValidRequests.of(world, name, i)).forEach(spot -> paths.remove(spot.path()));
      }
      paths.forEach(path -> never.add(name + " " + path));
    }
    assertEquals(List.of(), never);
  }
}
