package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.Graphs;
import dev.sightline.command.Writes;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.SupportAgents;
import dev.sightline.watch.Feeds;
import io.grpc.BindableService;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** All services but the one for tokens, made of the parts below. */
public final class Services {
  private Services() {}

  /**
   * The services.
   *
   * @param virtualThreads runs what has to wait, a thread for each
   */
  public static List<BindableService> of(
      Graphs graphs,
      Feeds feeds,
      BindingCheck reach,
      Writes writes,
      DatabaseClock clock,
      DirectoryReads directory,
      SupportAgents agents,
      PageCursors cursors,
      ExecutorService virtualThreads) {
    Calls calls = new Calls(virtualThreads, graphs);
    WriteCalls writeCalls = new WriteCalls(writes);
    Proof proof = new Proof(clock);
    return List.of(
        new AccessRpc(
            calls, proof, new Lists(calls, proof, cursors), new Explanations(calls, proof, agents)),
        new DashboardRpc(
            calls,
            writeCalls,
            proof,
            new AccessPanel(calls, writeCalls, proof),
            new PeopleSearch(calls, proof, directory)),
        new DirectoryRpc(calls, writeCalls, new DirectoryLists(calls, proof, directory, cursors)),
        new TransferRpc(calls, writeCalls, proof, new Exports(calls, proof, directory)),
        new SupportRpc(calls, agents),
        new WatchRpc(feeds, reach, virtualThreads),
        new EchoRpc());
  }
}
