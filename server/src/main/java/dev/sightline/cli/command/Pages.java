package dev.sightline.cli.command;

import java.util.function.Consumer;
import java.util.function.Function;

/** Lists that come in pages. */
final class Pages {
  private Pages() {}

  /**
   * Asks for page after page.
   *
   * @param ask from a page token to that page
   * @param next from a page to the token of the next one, empty at the end
   */
  static <P> void each(Function<String, P> ask, Function<P, String> next, Consumer<P> take) {
    String token = "";
    do {
      P page = ask.apply(token);
      take.accept(page);
      token = next.apply(page);
    } while (!token.isEmpty());
  }
}
