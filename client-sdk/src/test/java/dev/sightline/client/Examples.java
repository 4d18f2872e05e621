package dev.sightline.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The examples in the documentation. They compile, and {@link ExamplesTest} runs them. */
final class Examples {
  private final Organization acme;
  private final Consumer<Object> show;

  Examples(Organization acme, Consumer<Object> show) {
    this.acme = acme;
    this.show = show;
  }

  static boolean connect(String target) {
    // @start region="connect"
    try (Sightline sightline = Sightline.connect(target).token("…").open()) {
      Organization acme = sightline.organization("acme");
      return acme.canView("ann", "revenue").allowed();
    }
    // @end
  }

  static Sightline setup(Path authorities, Supplier<String> token) {
    // @start region="setup"
    return Sightline.connect("sightline.example.com:443")
        .token(token)
        .trust(authorities)
        .deadline(Duration.ofMillis(500))
        .defaultOrganization("acme")
        .open();
    // @end
  }

  static long streamed(String target, List<String> dashboards) {
    // @start region="streamed"
    try (Sightline sightline = Sightline.connect(target).token("…").streamChecks().open()) {
      AsyncOrganization acme = sightline.organization("acme").async();
      List<CompletableFuture<Decision>> answers =
          dashboards.stream().map(dashboard -> acme.canView("ann", dashboard)).toList();
      return answers.stream().filter(answer -> answer.join().allowed()).count();
    }
    // @end
  }

  static boolean nearCache(String target, Consumer<Object> show) {
    // @start region="nearcache"
    NearCacheOptions options =
        NearCacheOptions.standard().withEntries(1_000_000).withWhenLapsed(WhenLapsed.FAIL);
    try (Sightline sightline = Sightline.connect(target).token("…").nearCache(options).open()) {
      boolean views = sightline.organization("acme").canView("ann", "revenue").allowed();
      NearCacheStatistics statistics = sightline.nearCache();
      show.accept(statistics.hits() + " of " + (statistics.hits() + statistics.misses()));
      return views;
    }
    // @end
  }

  void everywhere() {
    // @start region="everywhere"
    AccessChange nobody = AccessChange.empty().withCompanyDefault(Level.NONE);
    Written written = acme.as("cal").everywhere().changeAccess("revenue", nobody).written();
    switch (written.spread().orElseThrow()) {
      case Spread.Confirmed it -> show.accept("over after " + it.waited());
      case Spread.Lapsed it -> show.accept("over after " + it.waited());
      case Spread.NotYet it -> show.accept("over in " + it.overIn());
      case Spread.Unknown _ -> show.accept(acme.awaitEverywhere(written.position()));
    }
    // @end
  }

  boolean check() {
    // @start region="check"
    boolean views = acme.canView("ann", "revenue").allowed();
    boolean edits = acme.within(Duration.ofMillis(50)).canEdit("ann", "revenue").allowed();
    boolean exports = acme.check("ann", Action.EXPORT, "revenue").allowed();
    // @end
    return views && !edits && !exports;
  }

  void batch() {
    // @start region="batch"
    List<Question> questions =
        List.of(Question.canView("ann", "revenue"), Question.canEdit("ann", "revenue"));
    for (Answer answer : acme.checkAll(questions)) {
      switch (answer) {
        case Decision.Allowed(Evidence evidence) -> show.accept(evidence.level());
        case Decision.Denied _ -> show.accept("no");
        case Answer.Unanswered(String reason, String message) ->
            show.accept(reason + ": " + message);
      }
    }
    // @end
  }

  void evidence() {
    // @start region="evidence"
    switch (acme.canView("ann", "revenue")) {
      case Decision.Allowed(Evidence evidence) ->
          show.accept("yes, proved at most " + evidence.proofAge() + " ago");
      case Decision.Denied(Evidence evidence) -> show.accept("no, as of " + evidence.position());
    }
    // @end
  }

  void freshness(Position fromElsewhere) {
    // @start region="freshness"
    acme.with(Freshness.minimizeLatency()).canView("ann", "revenue");
    acme.with(Freshness.atLeast(fromElsewhere)).canView("ann", "revenue");
    acme.with(Freshness.fullyConsistent()).canView("ann", "revenue");
    // @end
  }

  void position() {
    // @start region="position"
    Written written = acme.as("cal").renameDashboard("revenue", "Revenue 2027");
    String cookie = written.position().text();

    // In another process, which has not seen that write:
    Freshness sinceThen = Freshness.atLeast(Position.ofText(cookie));
    acme.with(sinceThen).canView("ann", "revenue");
    // @end
  }

  void list() {
    // @start region="list"
    var options = ListOptions.of(Purpose.SIDEBAR).withNames().withLevels().withPills();
    for (VisibleDashboard dashboard : acme.visibleDashboards("ann", options)) {
      show.accept(dashboard.name().orElseThrow() + " " + dashboard.pills());
    }
    // Fetches no more pages than it needs:
    show.accept(acme.visibleDashboards("ann").stream().limit(5).toList());
    // @end
  }

  void pages() {
    // @start region="pages"
    for (Page<VisibleDashboard> page : acme.visibleDashboards("ann").pages()) {
      show.accept(page.items().size() + " as of " + page.position());
    }
    // @end
  }

  void listStream() {
    // @start region="liststream"
    var options = ListOptions.of(Purpose.SEARCH).withNames();
    try (Stream<VisibleDashboard> visible = acme.streamVisibleDashboards("ann", options)) {
      visible.map(VisibleDashboard::id).forEach(show);
    }
    // @end
  }

  void audience() {
    // @start region="audience"
    for (AudienceMember member : acme.audience("revenue")) {
      show.accept(member.user() + " is " + member.level() + " because " + member.because());
    }
    // @end
  }

  void explain() {
    // @start region="explain"
    Explanation why = acme.explain("ann", "revenue");
    if (why.level().atLeast(Level.VIEWER) && why.because() == Because.TEAM_ENTRY) {
      show.accept("through " + why.teamPath() + ", until " + why.endsAt());
    }
    show.accept(why.sentence());
    // @end
  }

  CompletableFuture<String> async() {
    // @start region="async"
    AsyncOrganization async = acme.async();
    CompletableFuture<Integer> dashboards =
        async.visibleDashboards("ann").toList().thenApply(List::size);
    CompletableFuture<Decision> decision =
        async
            .as("cal")
            .share("revenue", "ann@acme.example", Level.VIEWER)
            .thenCompose(_ -> async.canView("ann", "revenue"));
    return decision.thenCombine(dashboards, (it, count) -> it.allowed() + ", one of " + count);
    // @end
  }

  void dashboards() {
    // @start region="dashboards"
    Actor cal = acme.as("cal");
    Result<Dashboard> made = cal.createDashboard(NewDashboard.named("Revenue").asDraft());
    String id = made.value().id();
    cal.publish(id);
    cal.moveToWorkspace(id, "emea");
    Dashboard copy = acme.as("ann").duplicateDashboard(Copy.of(id).withName("Mine")).value();
    DashboardView view = acme.as("ann").dashboard(copy.id());
    show.accept(view.dashboard().name() + ": " + view.level() + " " + view.allowedActions());
    cal.transferOwnership(id, "ann");
    // @end
  }

  void access() {
    // @start region="access"
    Actor cal = acme.as("cal");
    DashboardAccess now = cal.access("revenue");
    AccessChange change =
        AccessChange.empty()
            .withCompanyDefault(Level.NONE)
            .set(Subject.team("sales"), Level.VIEWER)
            .set(new AccessEntry(Subject.user("ann"), Level.EDITOR, End.after(Duration.ofDays(7))))
            .remove(Subject.user("bob"))
            .ifStill(now.etag());
    ChangedAccess then = cal.changeAccess("revenue", change);
    show.accept(then.entries());
    // @end
  }

  void preview() {
    // @start region="preview"
    AccessChange close = AccessChange.empty().withCompanyDefault(Level.NONE);
    AccessPreview preview = acme.as("cal").previewAccess("revenue", close);
    for (AccessPreview.Effect effect : preview.effects()) {
      show.accept(effect.user() + ": " + effect.before() + " → " + effect.after());
    }
    // @end
  }

  void share() {
    // @start region="share"
    Actor cal = acme.as("cal");
    for (Person person : cal.searchPeople("ann", 10)) {
      Share share = cal.share("revenue", person.email(), Level.VIEWER);
      show.accept(share.user() + " has an entry of " + share.level());
    }
    // @end
  }

  void users() {
    // @start region="users"
    Directory directory = acme.as("cal").directory();
    NewUser ann = NewUser.of("Ann", "ann@acme.example").withId("ann").withRole(Role.MANAGER);
    User added = directory.addUser(ann).value();
    directory.editUser(added.id(), UserEdit.empty().withTitle("Head of Sales"));
    for (User user : directory.users()) {
      show.accept(user.name() + " is " + user.status());
    }
    Inheritance inheritance = directory.deleteUser("bob");
    inheritance.heir().ifPresent(heir -> show.accept(heir + " owns what was bob's"));
    // @end
  }

  void teams() {
    // @start region="teams"
    Directory directory = acme.as("cal").directory();
    directory.createTeam(NewTeam.named("Sales").withId("sales"));
    directory.addTeamMember("sales", Subject.user("ann"));
    directory.addTeamMember("sales", Subject.team("west"));
    for (Team team : directory.teams()) {
      show.accept(team.name() + ": " + team.members());
    }
    // @end
  }

  void workspaces() {
    // @start region="workspaces"
    Directory directory = acme.as("cal").directory();
    Workspace emea = directory.createWorkspace(NewWorkspace.named("EMEA")).value();
    acme.as("cal").moveToWorkspace("revenue", emea.id());
    // @end
  }

  void watch() {
    // @start region="watch"
    WatchHandler handler =
        event -> {
          switch (event) {
            case WatchEvent.Started _ -> show.accept("from here on");
            case WatchEvent.LevelsChanged changed -> {
              for (LevelChange change : changed.changes()) {
                show.accept(change.user() + " has " + change.after() + " on " + change.dashboard());
              }
            }
            case WatchEvent.WideChange wide -> show.accept("ask again: " + wide.scope());
            case WatchEvent.Resync resync ->
                show.accept("ask again: all as of " + resync.position());
          }
        };
    try (Watch watch = acme.watch().start(handler)) {
      watch.awaitUpToDate(Duration.ofSeconds(10));
      show.accept("all that happened until " + watch.staleness().orElseThrow() + " ago");
    }
    // @end
  }

  void filters() {
    // @start region="filters"
    WatchBuilder lost =
        acme.watch()
            .users(List.of("ann", "bob"))
            .dashboards(List.of("revenue"))
            .revocationsOnly()
            .pingEvery(Duration.ofMillis(200));
    try (Watch watch = lost.start(show::accept)) {
      var _ = watch.done().whenComplete((_, failure) -> show.accept("ended by " + failure));
    }
    // @end
  }

  void cursor(Consumer<byte[]> row) {
    // @start region="cursor"
    // Everything since an answer:
    Position position = acme.canView("ann", "revenue").evidence().position();
    Cursor answered = Cursor.at("acme", position);
    // What an event did and its cursor belong into one transaction:
    try (Watch _ = acme.watch().after(answered).start(e -> row.accept(e.cursor().bytes()))) {
      show.accept("since " + answered);
    }
    // @end
  }

  void cursors(Sightline sightline) {
    // @start region="cursors"
    byte[] stored;
    try (Watch watch = sightline.watchEverything().start(show::accept)) {
      watch.awaitUpToDate(Duration.ofSeconds(10));
      stored = watch.cursors().bytes();
    }
    // In another process, later: what has happened since, in new organizations, too.
    Cursors cursors = Cursors.ofBytes(stored);
    try (Watch watch = sightline.watchEverything().after(cursors).start(show::accept)) {
      watch.awaitUpToDate(Duration.ofSeconds(10));
    }
    // @end
  }

  void operator(Sightline sightline) {
    // @start region="operator"
    Operator operator = sightline.operator();
    NewUser ada = NewUser.of("Ada", "ada@acme.example").withId("ada");
    operator.createOrganization(NewOrganization.of("Acme", ada).withId("acme"));
    operator.createOrganization(
        NewOrganization.of("Acme France", ada).withId("acme-fr").under("acme"));
    for (OrganizationFacts organization : operator.organizations()) {
      show.accept(organization.id() + " of the realm " + organization.root());
    }
    IssuedToken issued =
        operator.createToken(
            NewToken.of("backend", TokenReach.realm("acme"), TokenScope.CHECK, TokenScope.WATCH));
    show.accept("connect with " + issued.secret());
    for (Token token : operator.tokens()) {
      operator.revokeToken(token.id());
      show.accept(operator.awaitTokenEverywhere(token.id()));
    }
    operator.registerAgent(new SupportAgent("support:sam", "Sam", "sam@vendor.example", "Support"));
    // @end
  }

  void errors() {
    // @start region="errors"
    try {
      acme.as("eve").deleteDashboard("revenue");
    } catch (SightlineException e) {
      if (e.is(Reason.DASHBOARD_NOT_FOUND)) {
        show.accept("Gone already, or none of your business.");
      } else if (e.code() == Code.UNAVAILABLE) {
        show.accept("May have happened; its key is " + e.idempotencyKey());
      } else {
        show.accept(e.getMessage() + " " + e.facts());
      }
    }
    // @end
  }
}
