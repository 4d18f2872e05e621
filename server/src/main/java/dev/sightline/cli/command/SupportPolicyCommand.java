package dev.sightline.cli.command;

import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.GetSupportPolicyRequest;
import dev.sightline.v1.GetSupportPolicyResponse;
import dev.sightline.v1.SetSupportPolicyRequest;
import dev.sightline.v1.SetSupportPolicyResponse;
import dev.sightline.v1.SupportPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What may be granted in a realm. */
@Command(name = "policy", description = "Show and say what may be granted in a realm.")
final class SupportPolicyCommand {
  private SupportPolicyCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new SupportPolicyCommand())
        .addSubcommand(new Show(terminal))
        .addSubcommand(new Say(terminal));
  }

  private static void lines(Output output, SupportPolicy policy) {
    output.line("usual time:    " + time(policy.getUsualDurationMicros(), "1 day or 1 week"));
    output.line("longest time:  " + time(policy.getLongestDurationMicros(), "one calendar month"));
    output.line("until revoked: " + (policy.getForbidsUntilRevoked() ? "no" : "yes"));
    output.line(
        "groups:        "
            + (policy.getGroupsCount() == 0 ? "all" : String.join(", ", policy.getGroupsList())));
  }

  private static String time(long micros, String unsaid) {
    return micros == 0 ? unsaid : Durations.text(Duration.of(micros, ChronoUnit.MICROS));
  }

  @Command(name = "show", description = "Show what may be granted.")
  static final class Show extends LookingCommand {
    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = GetSupportPolicyRequest.newBuilder().setOrganizationId(organization());
      actor().ifPresent(request::setActor);
      GetSupportPolicyResponse response = server.support().getSupportPolicy(request.build());
      output.document(response);
      lines(output, response.getPolicy());
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "set",
      description = "Say what may be granted, all of it: what is left out is as usual.",
      footer = {
        "",
        "Example: sightline support policy set -o acme --as ada --longest 3d --no-until-revoked"
            + " --groups Support"
      })
  static final class Say extends ActingCommand {
    @Option(names = "--usual", paramLabel = "TIME", description = "How long if nothing is said.")
    private @Nullable Duration usual;

    @Option(names = "--longest", paramLabel = "TIME", description = "How long at most.")
    private @Nullable Duration longest;

    @Option(names = "--no-until-revoked", description = "Every grant must have an end.")
    private boolean noUntilRevoked;

    @Option(
        names = "--groups",
        split = ",",
        paramLabel = "GROUP",
        description = "The groups that may be chosen; all if left out.")
    private List<String> groups = new ArrayList<>();

    Say(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      SetSupportPolicyResponse response =
          server
              .support()
              .setSupportPolicy(
                  SetSupportPolicyRequest.newBuilder()
                      .setOrganizationId(organization())
                      .setActor(actor())
                      .setPolicy(
                          SupportPolicy.newBuilder()
                              .setUsualDurationMicros(micros(usual))
                              .setLongestDurationMicros(micros(longest))
                              .setForbidsUntilRevoked(noUntilRevoked)
                              .addAllGroups(groups))
                      .setIdempotencyKey(newKey())
                      .build());
      lines(output, response.getPolicy());
      return written(output, response, response.getWritten(), "The policy is said.");
    }

    private static long micros(@Nullable Duration duration) {
      return duration == null ? 0 : Durations.micros(duration);
    }
  }
}
