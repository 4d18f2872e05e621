package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.OrdinalSet;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.Consistency;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/** What lists in pages share: tokens that go on after an id. */
final class Pages {
  private Pages() {}

  /** The list that a request is about: all of it but which page, and how fresh. */
  static PageCursors.ListOf listOf(String caller, Message.Builder request) {
    Message filter = request.build();
    return new PageCursors.ListOf(
        caller, filter.getDescriptorForType().getFullName(), filter.toByteString());
  }

  /** The id after which a page goes on, empty for the first page. */
  static String after(PageCursors cursors, PageCursors.ListOf list, String pageToken) {
    if (pageToken.isEmpty()) {
      return "";
    }
    return switch (cursors.open(list, pageToken)) {
      case PageCursors.Payload(String id) -> id;
      case PageCursors.Invalid(var refusal) -> throw Statuses.exception(refusal);
    };
  }

  /**
   * Where a page begins.
   *
   * @param after the id after which it goes on, empty for the first page
   * @param position of the page before, empty for the first: the list does not go back
   */
  record Start(String after, ByteString position) {
    /** What the call demands, and not to go back behind the page before. */
    Requirement requirement(OrganizationId organization, Consistency consistency) {
      Requirement demanded = Calls.requirement(organization, consistency);
      return position.isEmpty()
          ? demanded
          : new Requirement.Both(demanded, PositionToken.parsed(organization.value(), position));
    }
  }

  /** Where a page begins whose token came from {@link #next}. */
  static Start start(PageCursors cursors, PageCursors.ListOf list, String pageToken) {
    String payload = after(cursors, list, pageToken);
    int separator = payload.indexOf(' ');
    return separator < 0
        ? new Start("", ByteString.EMPTY)
        : new Start(
            payload.substring(separator + 1),
            ByteString.copyFrom(Base64.getDecoder().decode(payload.substring(0, separator))));
  }

  /** The token for the page after this id, not to be older than this one; empty at the end. */
  static String next(
      PageCursors cursors, PageCursors.ListOf list, String goesOnAfter, ByteString position) {
    return goesOnAfter.isEmpty()
        ? ""
        : cursors.seal(
            list, Base64.getEncoder().encodeToString(position.toByteArray()) + " " + goesOnAfter);
  }

  /** The token for the page after this id; empty at the end. */
  static String token(PageCursors cursors, PageCursors.ListOf list, String goesOnAfter) {
    return goesOnAfter.isEmpty() ? "" : cursors.seal(list, goesOnAfter);
  }

  /** A member of a list, by its place in the graph and by its id. */
  record Member(int ordinal, String id) {}

  /** The first {@code most} members whose id comes after {@code after}, in the order of ids. */
  static List<Member> firstAfter(OrdinalSet set, IntFunction<String> id, String after, int most) {
    var first = new PriorityQueue<>(Comparator.comparing(Member::id).reversed());
    for (int ordinal = set.next(0); ordinal >= 0; ordinal = set.next(ordinal + 1)) {
      String candidate = id.apply(ordinal);
      if (candidate.compareTo(after) <= 0) {
        continue;
      }
      if (first.size() < most) {
        first.add(new Member(ordinal, candidate));
      } else if (candidate.compareTo(first.element().id()) < 0) {
        first.remove();
        first.add(new Member(ordinal, candidate));
      }
    }
    List<Member> sorted = new ArrayList<>(first);
    sorted.sort(Comparator.comparing(Member::id));
    return sorted;
  }
}
