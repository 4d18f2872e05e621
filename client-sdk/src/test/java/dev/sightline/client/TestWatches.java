package dev.sightline.client;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AwaitEverywhereRequest;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.Confirm;
import dev.sightline.v1.CutOff;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Ping;
import dev.sightline.v1.Resync;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchStarted;
import dev.sightline.v1.WatchedOrganization;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Logs of organizations, told from any cursor, which is the number of an event. Streams end where
 * the test says, with what it says. Nobody is told more than they take.
 */
final class TestWatches extends WatchServiceGrpc.WatchServiceImplBase {
  /** Where a stream ends: after so many events, and with what. */
  record Cut(int events, StatusRuntimeException with) {}

  final BlockingQueue<StartWatch> starts = new LinkedBlockingQueue<>();
  final BlockingQueue<Long> confirmed = new LinkedBlockingQueue<>();
  final BlockingQueue<AwaitEverywhereRequest> awaited = new LinkedBlockingQueue<>();
  private volatile AwaitEverywhereResponse spread = AwaitEverywhereResponse.getDefaultInstance();
  private final Map<String, List<WatchEvent>> logs = new TreeMap<>();
  private final List<Telling> tellings = new CopyOnWriteArrayList<>();
  private final Queue<StatusRuntimeException> refusals = new ArrayDeque<>();
  private Supplier<Cut> cuts = () -> new Cut(Integer.MAX_VALUE, TestService.unavailable());
  private boolean mute;

  /** Begins an organization's log. */
  synchronized void create(String organization) {
    logs.put(organization, new ArrayList<>());
    tellings.forEach(Telling::organizationsChanged);
  }

  /** Changes ann's level, on a dashboard that is called as the event's number. */
  synchronized void change(String organization) {
    append(organization, false);
  }

  /** A part of a step, others of which are to come. */
  synchronized void changeInPart(String organization) {
    append(organization, true);
  }

  private void append(String organization, boolean more) {
    int number = log(organization).size() + 1;
    add(
        organization,
        WatchEvent.newBuilder()
            .setLevelsChanged(
                LevelsChanged.newBuilder()
                    .setOrganizationId(organization)
                    .setPosition(TestService.token(number))
                    .setCursor(TestService.token(number))
                    .setRevision(number)
                    .setMore(more)
                    .addChanges(
                        LevelChange.newBuilder()
                            .setUserId("ann")
                            .setDashboardId(Integer.toString(number))
                            .setBefore(dev.sightline.v1.Level.LEVEL_EDITOR)
                            .setAfter(dev.sightline.v1.Level.LEVEL_NONE)))
            .build());
  }

  synchronized void resync(String organization, Resync.Reason reason) {
    var cursor = TestService.token(log(organization).size() + 1);
    add(
        organization,
        WatchEvent.newBuilder()
            .setResync(
                Resync.newBuilder()
                    .setOrganizationId(organization)
                    .setCursor(cursor)
                    .setReason(reason))
            .build());
  }

  synchronized void add(String organization, WatchEvent event) {
    log(organization).add(event);
    tellings.forEach(Telling::tell);
  }

  private List<WatchEvent> log(String organization) {
    return logs.computeIfAbsent(organization, _ -> new ArrayList<>());
  }

  /** The next watches are refused, one each. */
  synchronized void refuse(StatusRuntimeException... with) {
    refusals.addAll(List.of(with));
  }

  /** The next stream, and no other, ends there. */
  synchronized void cutNext(Cut cut) {
    var queue = new ArrayDeque<>(List.of(cut));
    cutEach(() ->
        queue.isEmpty() ? new Cut(Integer.MAX_VALUE, TestService.unavailable()) : queue.remove());
  }

  /** Every stream from now on ends where this says. */
  synchronized void cutEach(Supplier<Cut> cuts) {
    this.cuts = cuts;
  }

  /** From now on nothing is said, or again. */
  synchronized void mute(boolean mute) {
    this.mute = mute;
    tellings.forEach(Telling::tell);
  }

  /** How many events the streams that are open were told. */
  synchronized long told() {
    return tellings.stream().mapToLong(it -> it.told).sum();
  }

  /** Whether somebody does not take what there is. */
  synchronized boolean isHeldBack() {
    return tellings.stream().anyMatch(it -> !it.out.isReady());
  }

  synchronized void cutOffTheSlow() {
    tellings.stream().filter(it -> !it.out.isReady()).forEach(Telling::cutOff);
  }

  /** Asks all watchers to confirm. */
  synchronized void confirm(long id) {
    var event = WatchEvent.newBuilder().setConfirm(Confirm.newBuilder().setId(id)).build();
    tellings.forEach(it -> it.send(event));
  }

  /** What is said from now on to whoever waits until everybody knows. */
  void spread(AwaitEverywhereResponse.Builder spread) {
    this.spread = spread.build();
  }

  @Override
  public void awaitEverywhere(
      AwaitEverywhereRequest request, StreamObserver<AwaitEverywhereResponse> observer) {
    awaited.add(request);
    observer.onNext(spread);
    observer.onCompleted();
  }

  /** Ends all streams. */
  synchronized void end(StatusRuntimeException with) {
    tellings.forEach(it -> it.end(with));
  }

  @Override
  public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
    return new Telling((ServerCallStreamObserver<WatchResponse>) observer);
  }

  private final class Telling implements StreamObserver<WatchRequest> {
    final ServerCallStreamObserver<WatchResponse> out;
    private final Map<String, Integer> next = new HashMap<>();
    private final Queue<Ping> pings = new ArrayDeque<>();
    private StartWatch start = StartWatch.getDefaultInstance();
    private Cut cut = cuts.get();
    int told;

    Telling(ServerCallStreamObserver<WatchResponse> out) {
      this.out = out;
      out.setOnReadyHandler(this::tell);
      out.setOnCancelHandler(this::over);
    }

    @Override
    public void onNext(WatchRequest request) {
      synchronized (TestWatches.this) {
        switch (request.getRequestCase()) {
          case START -> begin(request.getStart());
          case PING -> pings.add(request.getPing());
          case CONFIRMED -> confirmed.add(request.getConfirmed().getId());
          case REQUEST_NOT_SET -> throw new AssertionError();
        }
        tell();
      }
    }

    private void begin(StartWatch start) {
      starts.add(start);
      this.start = start;
      var refusal = refusals.poll();
      if (refusal != null) {
        out.onError(refusal);
        return;
      }
      tellings.add(this);
      for (var named : start.getOrganizationsList()) {
        begin(named.getOrganizationId(), named.getCursor(), start.getUnnamedFromCreation());
      }
      if (isScoped()) {
        for (var organization : logs.keySet()) {
          begin(organization, ByteString.EMPTY, start.getUnnamedFromCreation());
        }
      }
    }

    private boolean isScoped() {
      return start.getEverything() || !start.getRealmId().isEmpty();
    }

    private void begin(String organization, ByteString cursor, boolean fromCreation) {
      if (next.containsKey(organization)) {
        return;
      }
      int from = fromCreation ? 0 : log(organization).size();
      var at = fromCreation ? ByteString.EMPTY : TestService.token(from);
      if (!cursor.isEmpty()) {
        from = (int) ByteBuffer.wrap(cursor.toByteArray()).getLong();
        at = cursor;
      }
      next.put(organization, from);
      send(
          WatchEvent.newBuilder()
              .setStarted(WatchStarted.newBuilder().setOrganizationId(organization).setCursor(at))
              .build());
    }

    void organizationsChanged() {
      if (isScoped()) {
        logs.keySet().forEach(it -> begin(it, ByteString.EMPTY, true));
      }
    }

    void tell() {
      synchronized (TestWatches.this) {
        if (mute || !tellings.contains(this)) {
          return;
        }
        boolean all = next.keySet().stream().allMatch(this::tell);
        while (all && !pings.isEmpty()) {
          send(
              WatchEvent.newBuilder()
                  .setHeartbeat(
                      Heartbeat.newBuilder()
                          .setPingId(pings.remove().getId())
                          .setProofAgeMicros(40_000)
                          .setMaxStalenessMicros(1_000_000))
                  .build());
        }
      }
    }

    private boolean tell(String organization) {
      var log = log(organization);
      while (next.get(organization) < log.size()) {
        if (!out.isReady()) {
          return false;
        }
        if (told == cut.events()) {
          end(cut.with());
          return false;
        }
        send(log.get(next.get(organization)));
        next.merge(organization, 1, Integer::sum);
        told++;
      }
      return true;
    }

    private void send(WatchEvent event) {
      if (!out.isCancelled()) {
        out.onNext(WatchResponse.newBuilder().setEvent(event).build());
      }
    }

    void cutOff() {
      var where = CutOff.newBuilder();
      next.forEach((organization, number) ->
          where.addOrganizations(
              WatchedOrganization.newBuilder()
                  .setOrganizationId(organization)
                  .setCursor(TestService.token(number))));
      send(WatchEvent.newBuilder().setCutOff(where).build());
      end(
          TestService.refusal(
              com.google.rpc.Code.ABORTED, "WATCH_TOO_SLOW", "The watch was too slow.", Map.of()));
    }

    void end(StatusRuntimeException with) {
      over();
      out.onError(with);
    }

    private void over() {
      synchronized (TestWatches.this) {
        tellings.remove(this);
      }
    }

    @Override
    public void onError(Throwable failure) {
      over();
    }

    @Override
    public void onCompleted() {
      end(Status.CANCELLED.asRuntimeException());
    }
  }
}
