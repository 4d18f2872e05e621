package dev.sightline;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.sightline.AnyCall.Outcome;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.Rule;
import dev.sightline.v1.Scope;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A node, and what every RPC is tried on: the realm of home (with the portal west under it), and
 * another realm, far, in which everything is called Foreign.
 *
 * <p>In home, ada and bo are ADMINs, mia is a MANAGER and cal an ANALYST. Everything in far, and
 * only that, has an id that begins with far; what was deleted has one that begins with gone.
 */
final class MatrixWorld implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  final TestService service;
  final Server server;
  private final Connection database;
  final ManagedChannel nobody;
  final Channel operator;
  final Map<String, AnyCall> calls =
      AnyCall.all().stream().collect(Collectors.toMap(AnyCall::name, Function.identity()));

  private final MatrixThings things = new MatrixThings(this);
  private final Map<String, String> tokens = new HashMap<>();
  private String fingerprints = "";

  private MatrixWorld(boolean withTokens) {
    service = TestService.start();
    database = connected(service.settings());
    ServerSettings settings =
        service.serving(DatabaseClock.measured(), 0).withHttp(new ServerSettings.Http(0));
    server = Server.start(withTokens ? settings.withTokens() : settings);
    nobody = TestService.Node.channel(server.port());
    operator = withTokens ? holding(operatorsToken()) : nobody;
    things.settle();
  }

  static MatrixWorld withTokens() {
    return new MatrixWorld(true);
  }

  /** As with --insecure-local: everybody may do everything. */
  static MatrixWorld withoutTokens() {
    return new MatrixWorld(false);
  }

  String operatorsToken() {
    return Objects.requireNonNull(server.firstToken()).reveal();
  }

  AnyCall rpc(String name) {
    return Objects.requireNonNull(calls.get(name), name);
  }

  /** Who sends this as a token. */
  Channel holding(String token) {
    return presenting("Bearer " + token);
  }

  Channel presenting(String authorization) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    return ClientInterceptors.intercept(nobody, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A token of these scopes; the same is made once. */
  String token(String binding, List<String> scopes) {
    return tokens.computeIfAbsent(
        binding + scopes, _ -> (String) field(create(binding, scopes, 0), "secret"));
  }

  /** Who may make any call about home: bound to its realm, or an operator where that is needed. */
  Channel caller(AnyCall rpc) {
    return rpc.rule().getTarget() == Rule.Target.TARGET_ALL
        ? operator
        : holding(
            token(
                "realm_id: 'home'", rpc.rule().getAnyOfList().stream().map(Scope::name).toList()));
  }

  /** Who may make this very call: without an actor, only an operator asks for tokens. */
  Channel caller(AnyCall rpc, Message request) {
    boolean isOperators = request instanceof CreateTokenRequest token && !token.hasActor();
    return isOperators ? operator : caller(rpc);
  }

  /** A token that nobody else gets. */
  Message create(String binding, List<String> scopes, long lastsMicros) {
    String each = scopes.stream().map("scopes: "::concat).collect(Collectors.joining(" "));
    return call(
        "TokenService/CreateToken",
        "# by nobody\nname: 'test' binding { %s } expires_in_micros: %d %s"
            .formatted(binding, lastsMicros, each));
  }

  /** The answer to what the operator asks; it must be one. */
  Message call(String rpc, String request) {
    Outcome outcome = rpc(rpc).on(operator, message(rpc, request));
    if (!outcome.ok()) {
      throw new AssertionError(rpc + " " + request + ": " + outcome);
    }
    return outcome.answers().getFirst();
  }

  /** A request that nothing is wrong with; what it needs is made for it. */
  Message valid(String rpc, String request) {
    return message(rpc, things.madeFor(request));
  }

  /** In home and by ada, unless said. */
  private Message message(String rpc, String text) {
    Message.Builder builder = rpc(rpc).emptyRequest().toBuilder();
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new AssertionError(rpc + " " + text, e);
    }
    FieldDescriptor organization =
        builder.getDescriptorForType().findFieldByName("organization_id");
    if (organization != null && builder.getField(organization).equals("")) {
      builder.setField(organization, "home");
    }
    FieldDescriptor actor = builder.getDescriptorForType().findFieldByName("actor");
    if (actor != null && !builder.hasField(actor) && !text.contains("# by nobody")) {
      builder.setField(actor, Orgs.actor("ada").toBuilder().setOrganizationId("home").build());
    }
    return builder.build();
  }

  static Object field(Message message, String path) {
    Object value = message;
    for (String name : path.split("\\.", -1)) {
      Message in = (Message) value;
      FieldDescriptor field =
          Objects.requireNonNull(in.getDescriptorForType().findFieldByName(name), path);
      value = field.isRepeated() ? in.getRepeatedField(field, 0) : in.getField(field);
    }
    return value;
  }

  /** What exists in far only. */
  String far(String kind) {
    return things.far(kind);
  }

  /** What was made last, or at first, of a kind. */
  String last(String kind) {
    return things.last(kind);
  }

  /** A position of an organization. */
  ByteString position(String organization) {
    return (ByteString)
        field(
            call(
                "DirectoryService/GetOrganization",
                "organization_id: '%s'".formatted(organization)),
            "position");
  }

  /**
   * What is in the database, but for what is kept of how calls were made; mail that is due is sent
   * before.
   */
  String everything() {
    server.deliverMail();
    if (fingerprints.isEmpty()) {
      fingerprints = sql();
    }
    return String.join("\n", query(fingerprints));
  }

  private List<String> query(String sql) {
    try (var statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Connection connected(DatabaseSettings settings) {
    try {
      return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String sql() {
    List<String> parts = new ArrayList<>();
    for (String table :
        query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                + " AND table_type = 'BASE TABLE' ORDER BY 1")) {
      if (!table.startsWith("flyway")
          && !table.startsWith("log_")
          && !table.equals("signing_key")
          && !table.equals("node")
          && !table.equals("support_agent_activity")) {
        parts.add(
            "SELECT '%1$s ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                + " FROM %1$s t".formatted(table));
      }
    }
    return String.join(" UNION ALL ", parts) + " ORDER BY 1";
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    nobody.shutdownNow();
    server.close();
    service.close();
  }
}
