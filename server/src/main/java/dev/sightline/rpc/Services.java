package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.Graphs;
import dev.sightline.command.Writes;
import dev.sightline.mail.Postbox;
import dev.sightline.store.AuditLog;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.MailQueue;
import dev.sightline.store.OneClickLinks;
import dev.sightline.store.RequestReads;
import dev.sightline.watch.Everywhere;
import dev.sightline.watch.Feeds;
import io.grpc.BindableService;
import java.time.InstantSource;
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
      Everywhere everywhere,
      CheckStreams checkStreams,
      BindingCheck reach,
      Writes writes,
      DatabaseClock clock,
      DirectoryReads directory,
      RequestReads requests,
      OneClickLinks links,
      SupportParts support,
      MailQueue mails,
      Postbox postbox,
      InstantSource time,
      AuditLog audit,
      PageCursors cursors,
      ExecutorService virtualThreads) {
    Calls calls = new Calls(virtualThreads, graphs);
    WriteCalls writeCalls = new WriteCalls(writes, support.activity());
    Proof proof = new Proof(clock);
    return List.of(
        new AccessRpc(
            checkStreams,
            calls,
            proof,
            new Lists(calls, proof, cursors, support.activity()),
            new Explanations(calls, proof, support.agents()),
            support.activity()),
        new DashboardRpc(
            calls,
            writeCalls,
            proof,
            new AccessPanel(calls, writeCalls, proof),
            new PeopleSearch(calls, proof, directory)),
        new DirectoryRpc(
            calls,
            writeCalls,
            new DirectoryLists(calls, proof, directory, cursors),
            new InvitationCalls(calls, writeCalls, links, reach)),
        new DigestRpc(calls, writeCalls, proof),
        new AccessRequestRpc(
            calls,
            writeCalls,
            new RequestScreen(calls, proof, requests, directory),
            new RequestLists(calls, proof, requests, cursors),
            requestLinks(graphs, writes, clock, directory, requests, virtualThreads),
            reach),
        new TransferRpc(calls, writeCalls, proof, new Exports(calls, proof, directory)),
        support.service(calls, writeCalls, proof, reach, directory, cursors, everywhere),
        new MailRpc(calls, mails, postbox, cursors, time),
        new AuditRpc(
            calls,
            proof,
            audit,
            new AuditErasures(writeCalls, support.jointWrites(), audit.erasures()),
            cursors),
        new WatchRpc(feeds, new EverywhereCalls(calls, everywhere), reach, virtualThreads),
        new EchoRpc());
  }

  /** The one-click links of access requests, for whoever serves them over HTTP. */
  public static RequestLinks requestLinks(
      Graphs graphs,
      Writes writes,
      DatabaseClock clock,
      DirectoryReads directory,
      RequestReads requests,
      ExecutorService virtualThreads) {
    return new RequestLinks(
        new Calls(virtualThreads, graphs), writes, new Proof(clock), requests, directory);
  }
}
