package dev.sightline.history;

import dev.sightline.change.Change;
import dev.sightline.change.Revision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wrong answer, told so that somebody can find out why it was given. */
final class Stories {
  private static final int AROUND = 4;
  private static final int MOST_CHANGES = 6;

  private Stories() {}

  static String header(Call call, String fault, Duration bound) {
    String what =
        call.isList()
            ? "list of u%d: %d dashboards".formatted(call.listed(), call.items().length)
            : call.items().length == 1
                ? Question.say(call.items()[0])
                : "batch of " + call.items().length;
    return """
    A WRONG ANSWER
      %s, %s%s, to client %d
      call begun at %d, answered %.3f ms later; the bound is %d ms
      at position %s, floor %s, %s
      fault at the time: %s
    """
        .formatted(
            Ids.organization(call.organization()),
            what,
            call.heldFor() ? " (perhaps from the client's memory)" : "",
            call.client(),
            call.begun(),
            (call.received() - call.begun()) / 1e6,
            bound.toMillis(),
            call.position(),
            call.floor(),
            call.asked(),
            fault);
  }

  /** Of one branch: what is wrong, and what is around. */
  static String on(Call call, Window window, String problem, @Nullable Era era) {
    Branch branch = window.branch();
    long floor = window.floor();
    long last = window.last();
    var story = new StringBuilder();
    story.append(
        "  on %s: %s%n    revisions that count: %d to %d; the log has %d%n"
            .formatted(era == null ? "a log" : era.name, problem, floor, last, branch.last()));
    for (long asked : wrong(call, window)) {
      story.append("    ").append(Question.say(asked)).append(" would be right at ");
      story.append(right(asked, window)).append('\n');
    }
    long first = Math.max(1, Math.min(floor, call.position().revision()) - AROUND);
    long end = Math.min(branch.last(), Math.max(last, call.position().revision()) + AROUND);
    for (long revision = first; revision <= end; revision++) {
      story.append(line(call, branch, revision));
    }
    return story.toString();
  }

  private static List<Long> wrong(Call call, Window window) {
    List<Long> wrong = new ArrayList<>();
    for (long asked : call.items()) {
      if (window.branch().has(call.position())
          && (!window.says(asked, call.position()) || !window.isRightAnywhere(asked))) {
        wrong.add(asked);
      }
    }
    return wrong.subList(0, Math.min(wrong.size(), AROUND));
  }

  private static String right(long asked, Window window) {
    List<String> right = new ArrayList<>();
    Branch branch = window.branch();
    for (long revision = Math.max(1, window.floor() - 10 * AROUND);
        revision <= branch.last() && right.size() < 3 * AROUND;
        revision++) {
      if (window.isRightAt(asked, revision)) {
        right.add(Long.toString(revision));
      }
    }
    return right.isEmpty() ? "none of the last revisions" : String.join(", ", right);
  }

  private static String line(Call call, Branch branch, long number) {
    Revision revision = branch.revision(number);
    long known = branch.acknowledged.of(number);
    long begun = branch.begun(number);
    return "    %s%d at %d, begun %s, known %s: %s%n"
        .formatted(
            number == call.position().revision() ? "→ " : "  ",
            number,
            branch.at(number),
            begun == Long.MIN_VALUE ? "?" : relative(begun - call.begun()),
            known == Long.MAX_VALUE ? "?" : relative(known - call.begun()),
            changes(revision));
  }

  /** Relative to the call's begin. */
  private static String relative(long nanos) {
    return "%+.3f ms".formatted(nanos / 1e6);
  }

  private static String changes(Revision revision) {
    List<Change> changes = revision.changes();
    String first =
        changes.subList(0, Math.min(MOST_CHANGES, changes.size())).toString().replace('\n', ' ');
    return changes.size() > MOST_CHANGES ? first + " and more" : first;
  }

  static String lost(Acknowledged write, String fault, List<Era> eras) {
    var story = new StringBuilder();
    story.append(
        """
        AN ACKNOWLEDGED WRITE IS ON NO LOG
          %s: %s, begun at %d, acknowledged %.3f ms later with %s
          fault at the time: %s
        """
            .formatted(
                Ids.organization(write.organization()),
                write.what(),
                write.begun(),
                (write.known() - write.begun()) / 1e6,
                write.position(),
                fault));
    for (Era era : eras) {
      Branch branch = era.branch(write.organization());
      story.append("  %s has %d revisions%n".formatted(era.name, branch.last()));
    }
    return story.toString();
  }

  static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
