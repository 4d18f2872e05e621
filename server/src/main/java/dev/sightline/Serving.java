package dev.sightline;

import dev.sightline.cache.DatabaseClock;
import dev.sightline.cli.Demo;
import dev.sightline.cli.ServeOptions;
import dev.sightline.cli.ServerLauncher;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.mail.Links;
import dev.sightline.mail.MailSettings;
import dev.sightline.mail.SmtpSettings;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.EmbeddedPostgres;
import dev.sightline.store.StartRefused;
import dev.sightline.store.StoreUnavailable;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Serves until the process is told to end. */
final class Serving implements ServerLauncher {
  @Override
  public int serve(ServeOptions options, PrintWriter out, PrintWriter err) throws Exception {
    EmbeddedPostgres postgres = null;
    try {
      DatabaseSettings database;
      if (options.database().isPresent()) {
        ServeOptions.Database other = options.database().get();
        database = DatabaseSettings.of(other.url(), other.user(), other.password());
      } else {
        postgres = EmbeddedPostgres.start(options.dataFolder(), err::println);
        database = postgres.settings();
      }
      serve(Server.start(settings(options, database)), postgres, options, out, err);
      return ExitCode.DONE.code();
    } catch (StartRefused | StoreUnavailable e) {
      err.println(e.getMessage());
      close(postgres);
      return ExitCode.UNAVAILABLE.code();
    } catch (RuntimeException e) {
      close(postgres);
      throw e;
    }
  }

  private static void serve(
      Server server,
      @Nullable EmbeddedPostgres postgres,
      ServeOptions options,
      PrintWriter out,
      PrintWriter err)
      throws Exception {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  try {
                    server.close();
                  } finally {
                    close(postgres);
                  }
                }));
    String address = options.host() + ":" + server.port();
    out.println("Sightline serves gRPC on " + address + ". Ctrl-C ends it.");
    if (server.httpPort() >= 0) {
      String scheme = options.tls().isPresent() ? "https" : "http";
      out.println(
          "JSON over HTTP: "
              + scheme
              + "://"
              + options.host()
              + ":"
              + server.httpPort()
              + "/openapi.json says what there is.");
    }
    if (server.firstToken() != null) {
      out.println();
      out.println("The operator's token, shown this once: " + server.firstToken().reveal());
      out.println("Use it as --token, or as the variable SIGHTLINE_TOKEN.");
    }
    out.flush();
    options.mail().warnings().forEach(err::println);
    err.flush();
    if (options.demo()) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(options.host(), server.port()).usePlaintext().build();
      var _ = new Demo(channel, out, err, options.colored()).show("localhost:" + server.port());
      channel.shutdown();
    }
    server.awaitClosed();
  }

  private static ServerSettings settings(ServeOptions options, DatabaseSettings database) {
    return new ServerSettings(
        options.host(),
        options.port(),
        options
            .tls()
            .map(tls -> new ServerSettings.Tls(tls.certificates(), tls.key()))
            .orElse(null),
        options.insecureLocal(),
        database,
        options.maxStaleness().orElse(null),
        DatabaseClock.measured(),
        Runtime.getRuntime().maxMemory() / 2,
        mail(options),
        options
            .auditHeads()
            .map(heads -> new ServerSettings.AuditHeadsFile(heads.file(), heads.every()))
            .orElse(null),
        options.httpPort().isPresent()
            ? new ServerSettings.Http(options.httpPort().getAsInt())
            : null);
  }

  private static MailSettings mail(ServeOptions options) {
    ServeOptions.Mail mail = options.mail();
    Links pages = Links.of(mail.publicUrl());
    return new MailSettings(
        new Links(
            pages.base(),
            mail.dashboardUrl().orElse(pages.dashboard()),
            mail.invitationUrl().orElse(pages.invitation())),
        mail.from(),
        mail.smtp()
            .<MailSettings.Delivery>map(smtp -> new MailSettings.Delivery.Smtp(server(smtp)))
            .orElseGet(
                () -> new MailSettings.Delivery.Folder(options.dataFolder().resolve("outbox"))));
  }

  private static SmtpSettings server(ServeOptions.Smtp smtp) {
    SmtpSettings.Security security =
        switch (smtp.scheme()) {
          case "smtp" -> SmtpSettings.Security.NONE;
          case "smtp+starttls" -> SmtpSettings.Security.STARTTLS;
          case "smtps" -> SmtpSettings.Security.TLS;
          default -> throw new IllegalArgumentException("no scheme of mail servers: " + smtp);
        };
    return new SmtpSettings(
        smtp.host(), smtp.port(), security, smtp.user(), smtp.password(), smtp.trusted());
  }

  private static void close(@Nullable EmbeddedPostgres postgres) {
    if (postgres != null) {
      postgres.close();
    }
  }
}
