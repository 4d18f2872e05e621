package dev.sightline.cli.command;

import com.google.protobuf.ByteString;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.watch.Cursors;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchedOrganization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to watch, from where, and what of it. */
final class WatchScope {
  private static final String ORGANIZATION = "--organization";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "ORGANIZATION", description = "What to watch.")
  private List<String> positional = List.of();

  @Option(
      names = {"-o", ORGANIZATION},
      paramLabel = "ID",
      description = "The same; repeatable. Env, if nothing else is named: SIGHTLINE_ORGANIZATION.")
  private List<String> options = List.of();

  @Option(
      names = "--realm",
      paramLabel = "ROOT",
      description = "All organizations under this root, the root included, and those to come.")
  private String realm = "";

  @Option(
      names = "--everything",
      description = "All organizations; needs a token that is bound to none.")
  private boolean everything;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Only levels of this user, or support:AGENT; repeatable.")
  private List<String> users = List.of();

  @Option(
      names = "--dashboard",
      paramLabel = "DASHBOARD",
      description = "Only levels on this dashboard; repeatable.")
  private List<String> dashboards = List.of();

  @Option(names = "--revocations", description = "Only what goes down.")
  private boolean revocations;

  @Option(
      names = "--exact",
      description =
          "Every change, even if one step changes millions; else more than a thousand are told as"
              + " one.")
  private boolean exact;

  @Option(
      names = "--from",
      paramLabel = "[ID=]CURSOR",
      description =
          "Begin after this cursor: what came since is told first. With several organizations one"
              + " for each, and the organization before it. With --realm or --everything, what has"
              + " no cursor then is told from its creation.")
  private List<String> from = List.of();

  /** Refuses what makes no sense, before any server is asked. */
  void check() {
    if (everything && !realm.isEmpty()) {
      throw CommandFailure.usage("--realm and --everything exclude each other.");
    }
    if (!isOpen() && named().isEmpty() && cursors().isEmpty()) {
      throw CommandFailure.usage(
          "Say what to watch: ORGANIZATION, --realm ROOT or --everything, or set"
              + " SIGHTLINE_ORGANIZATION.");
    }
    var _ = cursors();
  }

  /** Whether organizations may come to it that nobody named. */
  private boolean isOpen() {
    return everything || !realm.isEmpty();
  }

  /** Whether it may be more than one organization. */
  boolean isSeveral() {
    return isOpen() || organizations().size() > 1;
  }

  /** What to ask for. */
  StartWatch start(long heartbeatMicros) {
    StartWatch.Builder start =
        StartWatch.newBuilder()
            .addAllUserIds(users)
            .addAllDashboardIds(dashboards)
            .setRevocationsOnly(revocations)
            .setExact(exact)
            .setUnnamedFromCreation(isOpen() && !from.isEmpty())
            .setHeartbeatIntervalMicros(heartbeatMicros);
    Map<String, ByteString> cursors = cursors();
    organizations()
        .forEach(id ->
            start.addOrganizations(
                WatchedOrganization.newBuilder()
                    .setOrganizationId(id)
                    .setCursor(cursors.getOrDefault(id, ByteString.EMPTY))));
    if (everything) {
      start.setEverything(true);
    } else if (!realm.isEmpty()) {
      start.setRealmId(realm);
    }
    return start.build();
  }

  private SequencedSet<String> organizations() {
    var organizations = new LinkedHashSet<>(named());
    organizations.addAll(cursors().keySet());
    return organizations;
  }

  /** The environment's organization counts only where the command line names nothing. */
  private List<String> named() {
    var named = new ArrayList<>(positional);
    boolean said = command.commandLine().getParseResult().hasMatchedOption(ORGANIZATION);
    if (said || (named.isEmpty() && !isOpen())) {
      named.addAll(options);
    }
    return named;
  }

  private Map<String, ByteString> cursors() {
    var cursors = new LinkedHashMap<String, ByteString>();
    for (String text : from) {
      int end = text.indexOf('=');
      boolean isNamed = end > 0 && Cursors.read(text.substring(end + 1)).isPresent();
      String organization = isNamed ? text.substring(0, end) : onlyOne(text);
      String cursor = isNamed ? text.substring(end + 1) : text;
      ByteString read = Cursors.read(cursor).orElseThrow(() -> malformed(text));
      if (cursors.put(organization, read) != null) {
        throw CommandFailure.usage("--from: " + organization + " is named twice.");
      }
    }
    return cursors;
  }

  private String onlyOne(String text) {
    List<String> named = named();
    if (isOpen() || named.size() != 1) {
      throw malformed(text);
    }
    return named.getFirst();
  }

  private CommandFailure malformed(String text) {
    return CommandFailure.usage(
        "--from: '"
            + text
            + "', expected a cursor as 'watch' writes it"
            + (isOpen() || named().size() != 1 ? ", behind its organization: ID=CURSOR." : "."));
  }

  /** What is watched, in words. */
  String described() {
    String what =
        everything
            ? "everything"
            : realm.isEmpty() ? String.join(", ", organizations()) : "the realm of " + realm;
    return what
        + (from.isEmpty() ? "" : " from where you were")
        + (revocations ? ", revocations only" : "")
        + (users.isEmpty() ? "" : ", only of " + String.join(", ", users))
        + (dashboards.isEmpty() ? "" : ", only on " + String.join(", ", dashboards));
  }
}
