package dev.sightline.scenario;

import io.grpc.Channel;
import java.time.Instant;

/** A service that nobody else uses, with a clock that the story sets. */
public interface ScenarioWorld extends AutoCloseable {
  /** Leads to the service through real gRPC; its calls may do everything that tokens can allow. */
  Channel channel();

  /** What the service's clock says. */
  Instant now();

  /** Jumps the service's clock forward; what ends meanwhile ends in order. */
  void setClock(Instant instant);

  /** Does all that the service does by and by: when this returns, mail that is due was sent. */
  void catchUp();

  @Override
  void close();
}
