package dev.sightline.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages to all nodes, by way of the database: no node needs to know where another is.
 *
 * <p>None is promised to arrive. They make others look sooner; whatever is right without them is
 * right, too. NOTIFY takes a lock on the whole database until its transaction has been committed to
 * disk, so it is never in the transaction of a write: it goes over a connection of its own that
 * does not wait for the disk, many messages at once.
 */
public final class Signals implements AutoCloseable {
  /** As long as PostgreSQL lets one be, in characters of ASCII. */
  public static final int LONGEST = 7_900;

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String CHANNEL = "sightline";
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_AT_ONCE = 100;
  private static final int LOOK_UP_MILLIS = 250;
  private static final long PAUSE_MILLIS = 500;

  /** Whoever hears nothing for so long, not even its own beat, listens on a dead connection. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long BEAT_NANOS = SILENCE_NANOS / 4;
  private static final String BEAT = "";

  private static final Field<String> TEXT = DSL.field(DSL.name("text"), SQLDataType.VARCHAR);

  /** All of an array of texts. */
  private static final Prepared TELL =
      Prepared.of(
          DSL.select(DSL.function("pg_notify", SQLDataType.OTHER, DSL.inline(CHANNEL), TEXT))
              .from(
                  DSL.unnest(DSL.param("texts", SQLDataType.VARCHAR.array()))
                      .as(DSL.name("told"), TEXT.getUnqualifiedName())));

  private final HikariDataSource pool;
  private final BlockingQueue<Supplier<@Nullable String>> waiting =
      new LinkedBlockingQueue<>(MOST_WAITING);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  Signals(HikariDataSource pool) {
    this.pool = pool;
    threads.add(Thread.ofPlatform().name("signals-out").daemon().start(() -> again(this::tellAll)));
  }

  /**
   * Begins to listen.
   *
   * @param hearer hears every message, this node's own included; returns at once
   */
  public void listen(Consumer<String> hearer) {
    threads.add(
        Thread.ofPlatform().name("signals-in").daemon().start(() -> again(() -> hear(hearer))));
  }

  /**
   * Tells all nodes, if it can. Never waits. Says whether the message waits to be sent.
   *
   * @param text makes the message when it can be sent, at most {@link #LONGEST} long; null: there
   *     is nothing to say any more
   */
  public boolean tell(Supplier<@Nullable String> text) {
    boolean taken = waiting.offer(text);
    if (!taken) {
      LOG.debug("a message to the other nodes was dropped");
    }
    return taken;
  }

  private interface Work {
    void run() throws SQLException, InterruptedException;
  }

  private void again(Work work) {
    while (!closed) {
      try {
        work.run();
      } catch (InterruptedException _) {
        return;
      } catch (Throwable e) {
        if (!closed) {
          LOG.info("no messages between nodes for a moment: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(Consumer<String> hearer) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      try (Statement listen = connection.createStatement()) {
        listen.execute("LISTEN " + CHANNEL);
      }
      // Only now it listens.
      connection.commit();
      PGConnection notified = connection.unwrap(PGConnection.class);
      long heardAt = System.nanoTime();
      while (!closed && System.nanoTime() - heardAt < SILENCE_NANOS) {
        PGNotification[] heard = notified.getNotifications(LOOK_UP_MILLIS);
        if (heard != null && heard.length > 0) {
          heardAt = System.nanoTime();
          for (PGNotification one : heard) {
            if (!one.getParameter().equals(BEAT)) {
              hearer.accept(one.getParameter());
            }
          }
        }
      }
      // Or a pooled connection would go on listening.
      pool.evictConnection(connection);
    }
  }

  private void tellAll() throws SQLException, InterruptedException {
    try (Connection connection = pool.getConnection();
        PreparedStatement tell = TELL.open(connection)) {
      while (!closed) {
        Supplier<@Nullable String> first = waiting.poll(BEAT_NANOS, TimeUnit.NANOSECONDS);
        List<Supplier<@Nullable String>> batch = new ArrayList<>();
        batch.add(first == null ? () -> BEAT : first);
        waiting.drainTo(batch, MOST_AT_ONCE);
        List<String> texts = new ArrayList<>();
        for (Supplier<@Nullable String> one : batch) {
          String text = one.get();
          if (text != null) {
            texts.add(text);
          }
        }
        Prepared.bind(tell, (Object) texts.toArray(String[]::new));
        tell.execute();
        connection.commit();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
