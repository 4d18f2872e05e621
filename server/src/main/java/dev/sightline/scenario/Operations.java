package dev.sightline.scenario;

import static java.util.stream.Collectors.toMap;

import dev.sightline.scenario.Operation.Play;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every operation of the format by its name. Playing another one takes one entry in its list. */
final class Operations {
  private static final Operation ADVANCE =
      new Operation("advance", Kind.Atom.DURATION, Set.of(), Parameters.NONE, new Play.Advance());

  private static final Map<String, Operation> BY_NAME =
      Stream.of(
              List.of(ADVANCE),
              OrganizationChanges.ALL,
              PeopleChanges.ALL,
              InvitationChanges.ALL,
              ActiveResponse.ALL,
              Digests.ALL,
              TeamChanges.ALL,
              DashboardChanges.ALL,
              SharingChanges.ALL,
              RequestOperations.ALL,
              SupportChanges.ALL,
              AccessQuestions.ALL,
              WatchQuestions.ALL,
              MailQuestions.ALL)
          .flatMap(List::stream)
          .collect(
              toMap(
                  Operation::name,
                  operation -> operation,
                  (one, other) -> {
                    throw new IllegalStateException(one.name() + " has two entries");
                  },
                  TreeMap::new));

  private Operations() {}

  static @Nullable Operation named(String name) {
    return BY_NAME.get(name);
  }

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }
}
