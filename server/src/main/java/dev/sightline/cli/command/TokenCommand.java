package dev.sightline.cli.command;

import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Names;
import dev.sightline.cli.output.Output;
import dev.sightline.cli.output.Table;
import dev.sightline.cli.output.Terminal;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.ListTokensRequest;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.RevokeTokenResponse;
import dev.sightline.v1.Scope;
import dev.sightline.v1.Token;
import dev.sightline.v1.TokenBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may call the service. */
@Command(name = "token", description = "Make, list and revoke API tokens.")
final class TokenCommand {
  private TokenCommand() {}

  static CommandLine commands(Terminal terminal) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new ListTokens(terminal))
        .addSubcommand(new Revoke(terminal));
  }

  @Command(
      name = "create",
      description = "Make a token and show it, this once.",
      footer = {"", "Example: sightline token create backend --scope check,watch -o acme"})
  static final class Create extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "What people call it.")
    private String name = "";

    @Option(
        names = "--scope",
        required = true,
        split = ",",
        paramLabel = "SCOPE",
        description = "What it may be used for: check, watch, manage, support, operate.")
    private List<Scope> scopes = new ArrayList<>();

    @Option(names = "--all", description = "It reaches every organization.")
    private boolean all;

    @Option(
        names = "--realm",
        paramLabel = "ID",
        description = "It reaches the organization of this id, which is a root, and all under it.")
    private String realm = "";

    @Option(names = "--for", paramLabel = "TIME", description = "So long until it ends, like 90d.")
    private @Nullable Duration duration;

    @Mixin private TokenScope scope = new TokenScope();

    Create(Terminal terminal) {
      super(terminal);
    }

    @Override
    void checkUsage() {
      if (all && !realm.isEmpty()) {
        throw CommandFailure.usage("--all and --realm exclude each other.");
      }
      if (!all && realm.isEmpty() && scope.organization().isEmpty()) {
        throw CommandFailure.usage("Say what it reaches: --organization ID, --realm ID or --all.");
      }
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request =
          CreateTokenRequest.newBuilder()
              .setName(name)
              .addAllScopes(scopes)
              .setBinding(binding())
              .setExpiresInMicros(duration == null ? 0 : Durations.micros(duration));
      scope.actor().ifPresent(request::setActor);
      CreateTokenResponse response = server.tokens().createToken(request.build());
      output.document(response);
      output.line("Token " + response.getToken().getId() + ", shown this once:");
      output.line(response.getSecret());
      return ExitCode.DONE;
    }

    private TokenBinding binding() {
      var binding = TokenBinding.newBuilder();
      if (all) {
        return binding.setAll(true).build();
      }
      return realm.isEmpty()
          ? binding.setOrganizationId(scope.organization()).build()
          : binding.setRealmId(realm).build();
    }
  }

  @Command(name = "list", description = "List the tokens, without what would let anybody use them.")
  static final class ListTokens extends RemoteCommand {
    @Mixin private TokenScope scope = new TokenScope();

    ListTokens(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = ListTokensRequest.newBuilder().setOrganizationId(scope.organization());
      scope.actor().ifPresent(request::setActor);
      var table = new Table("TOKEN", "NAME", "SCOPES", "REACHES", "MADE", "ENDS", "REVOKED");
      for (Token token : server.tokens().listTokens(request.build()).getTokensList()) {
        output.item(token);
        table.row(
            token.getId(),
            token.getName(),
            token.getScopesList().stream().map(Names::of).collect(Collectors.joining(", ")),
            reach(token.getBinding()),
            Names.time(token.getCreatedAtMicros()),
            Names.time(token.getExpiresAtMicros()),
            Names.time(token.getRevokedAtMicros()));
      }
      output.table(table, "There are no tokens that this one may administer.");
      return ExitCode.DONE;
    }

    private static String reach(TokenBinding binding) {
      return switch (binding.getReachCase()) {
        case ORGANIZATION_ID -> binding.getOrganizationId();
        case REALM_ID -> "realm " + binding.getRealmId();
        case ALL -> "all";
        case REACH_NOT_SET -> "-";
      };
    }
  }

  @Command(name = "revoke", description = "End a token at once.")
  static final class Revoke extends RemoteCommand {
    @Parameters(index = "0", paramLabel = "TOKEN", description = "Its id.")
    private String token = "";

    @Mixin private TokenScope scope = new TokenScope();

    Revoke(Terminal terminal) {
      super(terminal);
    }

    @Override
    ExitCode run(Server server, Output output) {
      var request = RevokeTokenRequest.newBuilder().setTokenId(token);
      scope.actor().ifPresent(request::setActor);
      RevokeTokenResponse response = server.tokens().revokeToken(request.build());
      output.document(response);
      output.line("Token " + token + " is revoked.");
      return ExitCode.DONE;
    }
  }
}
