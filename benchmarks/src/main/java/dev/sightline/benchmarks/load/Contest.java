package dev.sightline.benchmarks.load;

import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * All kinds of calls, taking turns. Turns that lie next to each other are compared: what else the
 * machine does meets both.
 */
final class Contest {
  private static final int CALLS_IN_FLIGHT = 64;
  private static final int BATCHES_IN_FLIGHT = 16;

  private final Target bare;
  private final Target sightline;
  private final String token;
  private final Kind<EchoRequest, EchoResponse> echo;
  private final Kind<CanViewRequest, CanViewResponse> canView;
  private final Kind<BatchCheckRequest, BatchCheckResponse> batchCheck;
  private final Kind<StreamChecksRequest, StreamChecksResponse> streamChecks;

  /**
   * @param token sent to the bare server, too, so that both read as much
   */
  Contest(Target bare, Target sightline, String token) {
    this.bare = bare;
    this.sightline = sightline;
    this.token = token;
    var kinds = new Kinds();
    echo = kinds.echo();
    canView = kinds.canView();
    batchCheck = kinds.batchCheck();
    streamChecks = kinds.streamChecks();
  }

  /** One turn of each at full load. */
  LoadRound round(Duration turn) throws IOException, InterruptedException {
    return new LoadRound(
        bare.turn(token, echo, CALLS_IN_FLIGHT, turn),
        sightline.turn(token, echo, CALLS_IN_FLIGHT, turn),
        sightline.turn(token, canView, CALLS_IN_FLIGHT, turn),
        sightline.turn(token, batchCheck, BATCHES_IN_FLIGHT, turn),
        sightline.turn(token, streamChecks, CALLS_IN_FLIGHT, turn));
  }

  /** One turn of Echo and CanView each at a fixed rate. */
  PacedRound pacedRound(double callsPerSecond, Duration turn) throws InterruptedException {
    Caller caller = sightline.caller(token);
    return new PacedRound(
        OpenLoop.run(caller, echo, callsPerSecond, turn),
        OpenLoop.run(caller, canView, callsPerSecond, turn));
  }
}
