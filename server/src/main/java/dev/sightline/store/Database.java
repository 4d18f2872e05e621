package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SETTING;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The database, migrated to this program's tables, with sets of connections for writes, for reads,
 * for proofs of freshness, and for messages between nodes, so that none of them waits for another.
 */
public final class Database implements AutoCloseable {
  private static final int PROVERS = 3;

  /** How long a caller waits for a connection of a busy pool. */
  private static final Duration BORROW_LIMIT = Duration.ofSeconds(5);

  /** A database that is silent for so long while it owes an answer is taken to be away. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  /** Nobody waits for ever for a lock that a node holds which is no more. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(15);

  /**
   * A transaction that makes an organization has locked nothing but the new one's row, for which
   * nobody waits but who would make the same. And it takes its time between statements: an import
   * computes a graph from a million changes in one go and then puts them into words, which on a
   * busy machine has taken longer than the usual limit.
   */
  static final Duration IDLE_LIMIT_OF_NEW = Duration.ofMinutes(10);

  private static final String WRITER_LIMITS =
      "-c lock_timeout=10s -c idle_in_transaction_session_timeout=" + IDLE_LIMIT.toMillis();

  private final Deque<HikariDataSource> pools = new ConcurrentLinkedDeque<>();
  private final Connections writes;
  private final Connections reads;
  private final Installation installation;
  private final OrganizationStore organizations;
  private final SupportAgents supportAgents;
  private final Proofs proofs;
  private final Registration registration = new Registration(this::connectAnew);
  private final DatabaseSettings settings;

  private Database(DatabaseSettings settings) {
    this.settings = settings;
    Schema.migrate(settings);
    try {
      writes = new Connections(open(writing(settings)));
      installation = installation(writes);
      reads = new Connections(open(reading(settings)));
      Duration limit = installation.maxStaleness().dividedBy(2);
      proofs = new Proofs(open(proving(settings, limit)), limit, registration);
      organizations = new OrganizationStore(writes, reads, settings.time(), registration);
      supportAgents = new SupportAgents(writes, reads, settings.time());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Connects and brings the tables up to date.
   *
   * @throws StartRefused if a newer program has migrated the database
   * @throws StoreUnavailable if it cannot be reached
   */
  public static Database open(DatabaseSettings settings) {
    return new Database(settings);
  }

  /** Organizations and their logs. */
  public OrganizationStore organizations() {
    return organizations;
  }

  /** Where organizations stand now. */
  public Proofs proofs() {
    return proofs;
  }

  /** Names, addresses and whatever else the graph leaves out. */
  public DirectoryReads directory() {
    return new DirectoryReads(reads);
  }

  /** Access requests, whatever became of them. */
  public RequestReads requests() {
    return new RequestReads(reads);
  }

  /** Organizations' logs, for people to look into. */
  public AuditLog audit() {
    return new AuditLog(reads);
  }

  /** API tokens. */
  public ApiTokens tokens() {
    return new ApiTokens(writes, reads);
  }

  /** Links in mails. */
  public OneClickLinks oneClickLinks() {
    return new OneClickLinks(writes, reads);
  }

  /** Keys for signing page cursors. */
  public SigningKeys signingKeys() {
    return new SigningKeys(writes, reads);
  }

  /** The vendor's support agents. */
  public SupportAgents supportAgents() {
    return supportAgents;
  }

  /** What was granted to support, asked for and done. */
  public SupportReads support() {
    return new SupportReads(writes, reads);
  }

  /** Mails to be sent. */
  public MailQueue mails() {
    return new MailQueue(writes, reads);
  }

  /** The nodes of this installation. */
  public Nodes nodes() {
    return new Nodes(writes, reads, registration, installation.maxStaleness());
  }

  /** Messages between nodes, over connections of their own. */
  public Signals signals() {
    return new Signals(open(signalling(settings)));
  }

  /**
   * Every connection is opened again before its next use: the address may lead elsewhere by now.
   */
  private void connectAnew() {
    pools.forEach(pool -> pool.getHikariPoolMXBean().softEvictConnections());
  }

  /** What all nodes share, as it was when this one connected. */
  public Installation installation() {
    return installation;
  }

  /**
   * Sets how stale an answer may be. Every node takes it up when it starts: the bound holds for a
   * whole installation once all have been started again. Until then {@link Nodes#list} tells which
   * has which.
   */
  public void changeMaxStaleness(Duration maxStaleness) {
    writes.write(connection ->
        Connections.statements(connection)
            .update(SETTING)
            .set(SETTING.MAX_STALENESS_MS, maxStaleness.toMillis())
            .execute());
  }

  private static Installation installation(Connections connections) {
    return connections.read(connection ->
        Connections.statements(connection)
            .selectFrom(SETTING)
            .fetchSingle(row ->
                new Installation(
                    row.get(SETTING.INSTALLATION_ID),
                    Duration.ofMillis(row.get(SETTING.MAX_STALENESS_MS)))));
  }

  private HikariDataSource open(HikariConfig config) {
    try {
      HikariDataSource pool = new HikariDataSource(config);
      pools.push(pool);
      return pool;
    } catch (RuntimeException e) {
      throw SqlFailures.translated(e);
    }
  }

  static HikariConfig writing(DatabaseSettings settings) {
    HikariConfig config = pool("writes", settings, settings.writers(), BORROW_LIMIT);
    config.setAutoCommit(false);
    config.addDataSourceProperty("options", WRITER_LIMITS);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return config;
  }

  /** The first statement of a transaction takes the snapshot that serves all of it. */
  static HikariConfig reading(DatabaseSettings settings) {
    HikariConfig config = pool("reads", settings, settings.readers(), BORROW_LIMIT);
    config.setAutoCommit(false);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return config;
  }

  private static HikariConfig proving(DatabaseSettings settings, Duration limit) {
    HikariConfig config = pool("proofs", settings, PROVERS, limit);
    config.setAutoCommit(true);
    config.addDataSourceProperty("options", "-c statement_timeout=" + limit.toMillis());
    return config;
  }

  /** Messages are not worth waiting for the disk. */
  private static HikariConfig signalling(DatabaseSettings settings) {
    HikariConfig config = pool("signals", settings, 2, BORROW_LIMIT);
    config.setAutoCommit(false);
    config.addDataSourceProperty("options", "-c synchronous_commit=off");
    // Only a start of the database's own should wait for it.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private static HikariConfig pool(
      String name, DatabaseSettings settings, int size, Duration borrowLimit) {
    var config = new HikariConfig();
    config.setPoolName("sightline-" + name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Math.max(250, borrowLimit.toMillis()));
    config.setValidationTimeout(Math.clamp(borrowLimit.toMillis(), 250, 1_000));
    config.addDataSourceProperty("ApplicationName", "sightline-" + name);
    // As text: pgjdbc does not see a number among its properties.
    config.addDataSourceProperty("socketTimeout", Long.toString(SILENCE_LIMIT.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // Details name rows, and rows name people.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  /** Closes all connections; what is under way on them fails. */
  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
    pools.clear();
  }
}
