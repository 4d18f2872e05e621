package dev.sightline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the environment says where the command line does not. */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("--server", "SIGHTLINE_SERVER"),
          Map.entry("--token", "SIGHTLINE_TOKEN"),
          Map.entry("--token-file", "SIGHTLINE_TOKEN_FILE"),
          Map.entry("--ca", "SIGHTLINE_CA"),
          Map.entry("--organization", "SIGHTLINE_ORGANIZATION"),
          Map.entry("--as", "SIGHTLINE_ACTOR"),
          Map.entry("--host", "SIGHTLINE_HOST"),
          Map.entry("--port", "SIGHTLINE_PORT"),
          Map.entry("--http-port", "SIGHTLINE_HTTP_PORT"),
          Map.entry("--public-url", "SIGHTLINE_PUBLIC_URL"),
          Map.entry("--data", "SIGHTLINE_DATA"),
          Map.entry("--database-url", "SIGHTLINE_DATABASE_URL"),
          Map.entry("--database-user", "SIGHTLINE_DATABASE_USER"),
          Map.entry("--audit-heads", "SIGHTLINE_AUDIT_HEADS"),
          Map.entry("--tls-cert", "SIGHTLINE_TLS_CERT"),
          Map.entry("--tls-key", "SIGHTLINE_TLS_KEY"),
          Map.entry("--dashboard-url", "SIGHTLINE_DASHBOARD_URL"),
          Map.entry("--invitation-url", "SIGHTLINE_INVITATION_URL"),
          Map.entry("--mail-from", "SIGHTLINE_MAIL_FROM"),
          Map.entry("--smtp-url", "SIGHTLINE_SMTP_URL"),
          Map.entry("--smtp-trust", "SIGHTLINE_SMTP_TRUST"));

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String variable = VARIABLES.get(option.longestName());
    String value = variable == null ? null : environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }
}
