package dev.sightline.cache;

import dev.sightline.model.Refusal;
import java.io.Serial;

/** No answer can be given within the promise: the call fails closed with this refusal. */
public final class NotAnswerable extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  public NotAnswerable(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  public NotAnswerable(Refusal refusal, Throwable cause) {
    super(refusal.message(), cause);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
