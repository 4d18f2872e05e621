package dev.sightline.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Pages without scripts, images or anything of anybody else's. Names that people gave stand where
 * {@link #escaped} has been.
 */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1b1f24;--quiet:#57606a;\
      --line:#d8dee4;--act:#1f5fbf;--on-act:#fff}
      @media(prefers-color-scheme:dark){:root{--ground:#0e1116;--card:#171b22;--ink:#e6e9ee;\
      --quiet:#9aa4b0;--line:#2c333d;--act:#6ea8fe;--on-act:#0b1526}}
      *{box-sizing:border-box}
      body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;\
      justify-content:center;padding:1.5rem;background:var(--ground);color:var(--ink);\
      font:1.0625rem/1.55 system-ui,sans-serif}
      main{width:100%;max-width:30rem;padding:2rem;background:var(--card);\
      border:1px solid var(--line);border-radius:.75rem;overflow-wrap:anywhere}
      h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}
      p{margin:0 0 1rem}
      main>:last-child{margin-bottom:0}
      button{width:100%;min-height:3rem;margin:.5rem 0 1.25rem;padding:.625rem 1.25rem;border:0;\
      border-radius:.5rem;background:var(--act);color:var(--on-act);font:inherit;font-weight:600;\
      cursor:pointer}
      button:hover{filter:brightness(1.08)}
      button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
      pre{margin:0 0 1rem;white-space:pre-wrap;font:.9375rem/1.5 ui-monospace,monospace}
      a{color:var(--act)}
      .hint{color:var(--quiet);font-size:.9375rem}
      footer{margin-top:1rem;color:var(--quiet);font-size:.875rem}
      """;

  /** Lets the page have its style and post to where it came from, and nothing else. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + hash(STYLE)
          + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private Html() {}

  /**
   * A page.
   *
   * @param title text, not escaped yet
   * @param body of what the other methods give
   */
  static String page(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="robots" content="noindex,nofollow">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    <h1>%s</h1>
    %s</main>
    <footer>Sightline</footer>
    </body>
    </html>
    """
        .formatted(escaped(title), STYLE, escaped(title), body);
  }

  static String paragraph(String text) {
    return raw(escaped(text));
  }

  /** A paragraph of what is escaped already. */
  static String raw(String html) {
    return "<p>" + html + "</p>\n";
  }

  static String hint(String text) {
    return "<p class=\"hint\">" + escaped(text) + "</p>\n";
  }

  static String strong(String text) {
    return "<strong>" + escaped(text) + "</strong>";
  }

  /** A name that somebody gave, which changes nothing around it, whichever way it is written. */
  static String name(String text) {
    return "<bdi>" + escaped(text) + "</bdi>";
  }

  static String strongName(String text) {
    return "<strong>" + name(text) + "</strong>";
  }

  /** Text as it stands, line by line. */
  static String preformatted(String text) {
    return "<pre>" + escaped(text) + "</pre>\n";
  }

  /** A paragraph that leads to another page of this server. */
  static String link(String path, String text) {
    return raw("<a href=\"" + escaped(path) + "\">" + escaped(text) + "</a>");
  }

  /** The one button of a page: posts to where the page came from. */
  static String button(String text) {
    return "<form method=\"post\"><button type=\"submit\">" + escaped(text) + "</button></form>\n";
  }

  static String escaped(String text) {
    var escaped = new StringBuilder(text.length());
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> escaped.append((char) c);
          }
        });
    return escaped.toString();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
