package dev.sightline;

import dev.sightline.scenario.ScenarioWorld;
import dev.sightline.scenario.ScenarioWorlds;
import dev.sightline.store.DatabaseSettings;
import dev.sightline.store.ScratchDatabases;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Instant;

/**
 * Worlds for scenarios: for each a database of its own and a real server on a free port, with a
 * clock that the story sets. No call sets time; the clock is handed over in the process.
 */
public final class StoryWorlds implements ScenarioWorlds, AutoCloseable {
  private final ScratchDatabases databases;

  public StoryWorlds(ScratchDatabases databases) {
    this.databases = databases;
  }

  @Override
  public ScenarioWorld open(Instant start) {
    return new StoryWorld(start);
  }

  @Override
  public void close() {
    databases.close();
  }

  private final class StoryWorld implements ScenarioWorld {
    private final StoryClock clock;
    private final ScratchDatabases.Scratch database;
    private final Server server;
    private final ManagedChannel channel;

    StoryWorld(Instant start) {
      clock = new StoryClock(start);
      database = databases.create();
      DatabaseSettings settings = database.settings().withConnections(2, 2);
      server = Server.start(ServerSettings.local(settings, 0).withStory(clock));
      channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.port())
              .usePlaintext()
              .directExecutor()
              .build();
    }

    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public void setClock(Instant instant) {
      clock.set(instant);
      server.settle();
    }

    @Override
    public void catchUp() {
      server.deliverMail();
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.close();
      database.close();
    }
  }
}
