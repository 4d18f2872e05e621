package dev.sightline.scenario;

import dev.sightline.scenario.Operation.Play;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One scenario being played in its world. */
final class Performance {
  /** How many changes a report tells of before a step that differed. */
  private static final int REMEMBERED = 6;

  private final ScenarioWorld world;
  private final Scenario scenario;
  private final Conversation conversation;
  private final Deque<String> story = new ArrayDeque<>();
  private final List<Outcome.Difference> differences = new ArrayList<>();
  private int played;

  Performance(ScenarioWorld world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
    this.conversation = new Conversation(world);
  }

  Outcome.Played play() {
    for (var step : scenario.steps()) {
      switch (step.operation().play()) {
        case Play.Advance() -> advance(step);
        case Play.Question(var rpc) -> compare(step, reply(step, rpc));
        case Play.Change(var rpc) -> change(step, rpc);
      }
    }
    return new Outcome.Played(scenario.file(), scenario.title(), played, differences);
  }

  private void advance(Step step) {
    world.setClock(world.now().plus(StoryDuration.checked(step.argument())));
    played++;
    remember(step, "");
  }

  private void change(Step step, Operation.Rpc rpc) {
    var reply = reply(step, rpc);
    compare(step, reply);
    remember(step, reply instanceof Reply.Refused refused ? " → " + refused.code() : "");
  }

  private Reply reply(Step step, Operation.Rpc rpc) {
    if (step.unsayable() != null) {
      return new Reply.Refused(Status.Code.INVALID_ARGUMENT, "", step.unsayable());
    }
    var call = new Call(conversation, step.organization(), step.by());
    try {
      Value answer = rpc.call(call, Arguments.of(step.argument()));
      step.ifNamed(name -> conversation.name(name, answer));
      return new Reply.Done(answer);
    } catch (StatusRuntimeException e) {
      return Reply.to(e);
    }
  }

  private void compare(Step step, Reply reply) {
    played++;
    if (!Comparison.met(step.expectation(), reply)) {
      differences.add(
          new Outcome.Difference(
              step.place().file(),
              step.place().number(),
              step.place().line(),
              world.now(),
              step.text(),
              step.expectation().said(),
              reply.said(),
              Comparison.details(step.expectation(), reply),
              List.copyOf(story)));
    }
  }

  private void remember(Step step, String outcome) {
    if (story.size() == REMEMBERED) {
      story.removeFirst();
    }
    story.addLast(step.place().number() + "  " + step.text() + outcome);
  }
}
