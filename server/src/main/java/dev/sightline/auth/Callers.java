package dev.sightline.auth;

import io.grpc.Context;

/** Hands the caller from the interceptor to the service, within the call's context. */
public final class Callers {
  private static final Context.Key<Caller> CALLER = Context.key("sightline-caller");

  private Callers() {}

  /**
   * Who makes the call that is being served. Ask on the thread that the call came in on, before
   * handing work to another.
   *
   * @throws IllegalStateException outside of a call, or in one that is open to everybody
   */
  public static Caller current() {
    Caller caller = CALLER.get();
    if (caller == null) {
      throw new IllegalStateException("nobody is calling: this is no call that a rule guards");
    }
    return caller;
  }

  static Context with(Context context, Caller caller) {
    return context.withValue(CALLER, caller);
  }
}
