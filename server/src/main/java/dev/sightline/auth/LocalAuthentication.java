package dev.sightline.auth;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** {@code --insecure-local}: everybody who reaches the port is {@link Caller#LOCAL}. */
public final class LocalAuthentication implements Authentication {
  private static final Identity LOCAL = new Identity.Known(Caller.LOCAL);

  /**
   * @param listening the address that the server listens on; only its own machine may reach it
   * @throws IllegalArgumentException with a sentence for whoever starts the server
   */
  public LocalAuthentication(InetAddress listening) {
    if (!listening.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "--insecure-local serves without tokens and so on loopback only, not on "
              + listening.getHostAddress()
              + ": listen on 127.0.0.1, or leave --insecure-local out.");
    }
  }

  @Override
  public Identity ifKnown(@Nullable String authorization) {
    return LOCAL;
  }

  @Override
  public Identity find(@Nullable String authorization) {
    return LOCAL;
  }
}
