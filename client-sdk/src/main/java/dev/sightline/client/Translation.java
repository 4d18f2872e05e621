package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessEntry.SubjectCase;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.Consistency;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.LevelEffect;
import dev.sightline.v1.ListFields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns messages into values and back. INVARIANT: the constants of the SDK's enums are those of the
 * contract in their order, without its zero; a test holds that.
 */
final class Translation {
  private static final Level[] LEVELS = Level.values();
  private static final Action[] ACTIONS = Action.values();
  private static final Because[] REASONS = Because.values();
  private static final Role[] ROLES = Role.values();
  private static final UserStatus[] STATUSES = UserStatus.values();
  private static final Pill[] PILLS = Pill.values();

  private Translation() {}

  /** The constant with a number of the contract. What this SDK does not know, it does not guess. */
  private static <E extends Enum<E>> E known(E[] constants, int number) {
    if (isKnown(constants, number)) {
      return constants[number - 1];
    }
    throw SightlineException.of(
        Code.INTERNAL,
        "The service answered with %s %d, which this SDK does not know; use a newer one."
            .formatted(constants[0].getDeclaringClass().getSimpleName(), number));
  }

  private static boolean isKnown(Enum<?>[] constants, int number) {
    return number >= 1 && number <= constants.length;
  }

  static int number(Enum<?> constant) {
    return constant.ordinal() + 1;
  }

  static Level level(int number) {
    return known(LEVELS, number);
  }

  /** Actions of newer services are left out: who does not know them cannot offer them. */
  static Set<Action> actions(List<Integer> numbers) {
    return numbers.stream()
        .filter(number -> isKnown(ACTIONS, number))
        .map(number -> known(ACTIONS, number))
        .collect(Collectors.toUnmodifiableSet());
  }

  static Because because(int number) {
    return known(REASONS, number);
  }

  private static Set<Pill> pills(List<Integer> numbers) {
    return numbers.stream()
        .map(number -> known(PILLS, number))
        .collect(Collectors.toUnmodifiableSet());
  }

  static Consistency consistency(Freshness freshness) {
    var consistency = Consistency.newBuilder();
    return switch (freshness) {
      case Freshness.AtLeast(var position) when !position.equals(Position.ORIGIN) ->
          consistency.setAtLeast(position.token()).build();
      case Freshness.FullyConsistent _ -> consistency.setFullyConsistent(true).build();
      case Freshness.AtLeast _, Freshness.AsSeen _, Freshness.MinimizeLatency _ ->
          Consistency.getDefaultInstance();
    };
  }

  static Evidence evidence(
      ByteString position, long proofAgeMicros, long validForMicros, long elapsedMicros) {
    return new Evidence(
        Position.of(position),
        micros(proofAgeMicros + elapsedMicros),
        validForMicros == 0 ? null : micros(Math.max(0, validForMicros - elapsedMicros)),
        null);
  }

  static Decision decision(boolean allowed, Evidence evidence) {
    return allowed ? new Decision.Allowed(evidence) : new Decision.Denied(evidence);
  }

  static Answer answer(CheckResult result, Evidence evidence) {
    if (result.hasError()) {
      var error = result.getError();
      return new Answer.Unanswered(error.getReason(), error.getMessage());
    }
    return decision(result.getAllowed(), evidence.withLevel(level(result.getLevelValue())));
  }

  static CheckItem item(Question question) {
    return CheckItem.newBuilder()
        .setUserId(question.user())
        .setDashboardId(question.dashboard())
        .setActionValue(number(question.action()))
        .build();
  }

  static ListFields fields(ListOptions options) {
    return ListFields.newBuilder()
        .setName(options.names())
        .setLevel(options.levels())
        .setPills(options.pills())
        .build();
  }

  static VisibleDashboard visible(dev.sightline.v1.VisibleDashboard it, ListOptions options) {
    return new VisibleDashboard(
        it.getDashboardId(),
        options.names() ? it.getName() : null,
        options.levels() ? level(it.getLevelValue()) : null,
        options.pills() ? pills(it.getPillsValueList()) : Set.of());
  }

  static AudienceMember member(dev.sightline.v1.AudienceMember it) {
    return new AudienceMember(
        it.getUserId(), level(it.getLevelValue()), because(it.getBecauseValue()));
  }

  static Written written(dev.sightline.v1.Written it) {
    return new Written(Position.of(it.getPosition()), it.getRevision(), it.getChanged(), null);
  }

  static Spread spread(AwaitEverywhereResponse it) {
    var waited = micros(it.getWaitedMicros());
    return switch (it.getSpread()) {
      case SPREAD_CONFIRMED -> new Spread.Confirmed(waited, it.getNodes());
      case SPREAD_LAPSED -> new Spread.Lapsed(waited, it.getNodes(), it.getConfirmedNodes());
      case SPREAD_NOT_YET ->
          new Spread.NotYet(
              waited, it.getNodes(), it.getConfirmedNodes(), micros(it.getOverInMicros()));
      case SPREAD_UNSPECIFIED, UNRECOGNIZED ->
          throw SightlineException.of(
              Code.INTERNAL,
              "The service answered with Spread %d, which this SDK does not know; use a newer one."
                  .formatted(it.getSpreadValue()));
    };
  }

  static Dashboard dashboard(dev.sightline.v1.Dashboard it) {
    return new Dashboard(
        it.getId(),
        it.getName(),
        it.getOwnerId(),
        level(it.getCompanyDefaultValue()),
        it.getDraft(),
        it.getWorkspaceId());
  }

  static List<AccessEntry> entries(List<dev.sightline.v1.AccessEntry> entries) {
    return entries.stream().map(Translation::entry).toList();
  }

  private static AccessEntry entry(dev.sightline.v1.AccessEntry it) {
    var subject =
        it.getSubjectCase() == SubjectCase.TEAM_ID
            ? Subject.team(it.getTeamId())
            : Subject.user(it.getUserId());
    return new AccessEntry(subject, level(it.getLevelValue()), end(it.getEndsAtMicros()));
  }

  static EntryToSet toSet(AccessEntry entry) {
    var message = EntryToSet.newBuilder().setLevelValue(number(entry.level()));
    switch (entry.subject()) {
      case Subject.OfUser(var id) -> message.setUserId(id);
      case Subject.OfTeam(var id) -> message.setTeamId(id);
    }
    switch (entry.end()) {
      case End.Never _ -> message.clearEnd();
      case End.At(var instant) -> message.setEndsAtMicros(toMicros(instant));
      case End.After(var duration) -> message.setExpiresInMicros(toMicros(duration));
    }
    return message.build();
  }

  static EntryToRemove toRemove(Subject subject) {
    var message = EntryToRemove.newBuilder();
    switch (subject) {
      case Subject.OfUser(var id) -> message.setUserId(id);
      case Subject.OfTeam(var id) -> message.setTeamId(id);
    }
    return message.build();
  }

  static AccessPreview.Effect effect(LevelEffect it) {
    return new AccessPreview.Effect(
        it.getUserId(), level(it.getBeforeValue()), level(it.getAfterValue()));
  }

  static Person person(dev.sightline.v1.Person it) {
    return new Person(
        it.getUserId(),
        it.getName(),
        it.getEmail(),
        known(ROLES, it.getRoleValue()),
        known(STATUSES, it.getStatusValue()));
  }

  static User user(dev.sightline.v1.User it) {
    return new User(
        it.getId(),
        it.getName(),
        it.getEmail(),
        it.getTitle(),
        known(ROLES, it.getRoleValue()),
        known(STATUSES, it.getStatusValue()),
        instant(it.getCreatedAtMicros()));
  }

  static dev.sightline.v1.NewUser newUser(NewUser user) {
    return dev.sightline.v1.NewUser.newBuilder()
        .setId(user.id())
        .setName(user.name())
        .setEmail(user.email())
        .setTitle(user.title())
        .setRoleValue(number(user.role()))
        .build();
  }

  static Team team(dev.sightline.v1.Team it) {
    var users = it.getUserIdsList().stream().map(Subject::user);
    var teams = it.getTeamIdsList().stream().map(Subject::team);
    return new Team(it.getId(), it.getName(), Stream.concat(users, teams).toList());
  }

  static Workspace workspace(dev.sightline.v1.Workspace it) {
    return new Workspace(it.getId(), it.getName());
  }

  static End end(long endsAtMicros) {
    return endsAtMicros == 0 ? End.never() : End.at(instant(endsAtMicros));
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static long toMicros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static long toMicros(Duration duration) {
    return duration.dividedBy(Duration.of(1, ChronoUnit.MICROS));
  }
}
