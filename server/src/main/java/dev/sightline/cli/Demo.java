package dev.sightline.cli;

import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Progress;
import dev.sightline.cli.output.Style;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.transfer.ImportFile;
import dev.sightline.cli.transfer.ImportReport;
import dev.sightline.cli.transfer.Importer;
import dev.sightline.cli.transfer.Importer.Imported;
import dev.sightline.cli.transfer.Source;
import dev.sightline.cli.transfer.Totals;
import dev.sightline.cli.transfer.TotalsCheck;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.sightline.v1.Action;
import dev.sightline.v1.CheckRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.ExplainResponse;
import dev.sightline.v1.ListOrganizationsRequest;
import io.grpc.Channel;
import java.io.PrintWriter;
import java.util.List;

/** Fills an empty server with eight portals, checks every level, and shows what one can ask. */
public final class Demo {
  private static final String DATA = "/dev/sightline/demo/foundation.json.gz";
  private static final String PORTAL = "portal-8";

  /**
   * One of each line of the rules that the data has: owner, admin, team, default, private, draft.
   */
  private static final List<Question> QUESTIONS =
      List.of(
          new Question("p0539", Action.ACTION_DELETE, "about-api"),
          new Question("p0001", Action.ACTION_EDIT, "about-api"),
          new Question("p1070", Action.ACTION_EDIT, "about-api"),
          new Question("p1291", Action.ACTION_VIEW, "about-api"),
          new Question("p1291", Action.ACTION_VIEW, "admission-policies"),
          new Question("p1291", Action.ACTION_EDIT, "admission-policies"),
          new Question("p0702", Action.ACTION_VIEW, "aws-iam-authenticator"),
          new Question("nobody", Action.ACTION_VIEW, "admission-policies"));

  private final Channel channel;
  private final Output output;
  private final Progress progress;

  /**
   * @param channel to the server, with whatever it needs to be let in
   * @param out what the show is written to
   * @param err what progress is written to
   * @param colored whether {@code out} shows colours
   */
  public Demo(Channel channel, PrintWriter out, PrintWriter err, boolean colored) {
    this.channel = channel;
    this.output = new Output(out, false, Style.of(colored));
    this.progress = new Progress(err, colored);
  }

  /** The data of the demo. */
  public static ImportFile data() {
    return new ImportFile(Source.resource(Demo.class, DATA));
  }

  /**
   * Loads the data if nothing is there, asks, and shows.
   *
   * @param server where others reach the server, as they would say it
   * @return whether all was as expected
   */
  public boolean show(String server) throws InterruptedException {
    boolean asExpected = !isEmpty() || load();
    if (holdsDemo()) {
      ask();
    }
    invite(server);
    return asExpected;
  }

  private boolean isEmpty() {
    return DirectoryServiceGrpc.newBlockingStub(channel)
            .listOrganizations(ListOrganizationsRequest.newBuilder().setPageSize(1).build())
            .getOrganizationsCount()
        == 0;
  }

  private boolean load() throws InterruptedException {
    headline("Eight portals come in; then every user is asked about every dashboard");
    List<Imported> imported = new Importer(channel, progress).run(data());
    var check = new TotalsCheck(channel, progress);
    List<Totals> totals = imported.stream().map(check::of).toList();
    progress.clear();
    new ImportReport(output).print(imported, totals);
    return totals.stream().allMatch(Totals::matches);
  }

  private boolean holdsDemo() {
    boolean holds = explain(new Question("p0001", Action.ACTION_VIEW, "about-api")).getRule() > 1;
    if (!holds) {
      output.line("There is other data here: the demo's is left out.");
    }
    return holds;
  }

  private void ask() {
    headline("A few questions about " + PORTAL);
    var table = new Table("USER", "MAY", "DASHBOARD", "ANSWER", "LEVEL", "WHY");
    for (Question question : QUESTIONS) {
      ExplainResponse explanation = explain(question);
      table.row(
          question.user(),
          Names.of(question.action()),
          question.dashboard(),
          output.style().answer(check(question)),
          output.style().level(explanation.getLevel()),
          explanation.getSentence());
    }
    output.table(table, "");
  }

  private boolean check(Question question) {
    return access()
        .check(
            CheckRequest.newBuilder()
                .setOrganizationId(PORTAL)
                .setUserId(question.user())
                .setDashboardId(question.dashboard())
                .setAction(question.action())
                .build())
        .getAllowed();
  }

  private ExplainResponse explain(Question question) {
    return access()
        .explain(
            ExplainRequest.newBuilder()
                .setOrganizationId(PORTAL)
                .setUserId(question.user())
                .setDashboardId(question.dashboard())
                .build());
  }

  private AccessServiceBlockingStub access() {
    return AccessServiceGrpc.newBlockingStub(channel);
  }

  private void invite(String server) {
    headline("Ask for yourself, in another terminal");
    output.line("  export SIGHTLINE_SERVER=" + server + " SIGHTLINE_ORGANIZATION=" + PORTAL);
    output.line("  sightline can p1070 edit about-api");
    output.line("  sightline explain p1070 about-api");
    output.line("  sightline list p1291 --level --name");
    output.line("  sightline who about-api");
    output.line("  sightline access default about-api viewer --as p0001 --dry-run");
    output.line("");
    output.line("Serving at " + server + "; Ctrl-C ends it.");
  }

  private void headline(String text) {
    output.line("");
    output.line(output.style().bold(text));
    output.line("");
  }

  private record Question(String user, Action action, String dashboard) {}
}
