package dev.sightline.web;

/** One-click links of access requests, {@code /l/<token>}: the button decides. */
final class LinkPages extends SecretPages {
  private final LinkCalls links;

  LinkPages(LinkCalls links, RateLimit limit) {
    super("/l/", limit);
    this.links = links;
  }

  @Override
  LinkPage shown(String token) {
    return LinkPage.of(links.look(token));
  }

  @Override
  LinkPage pressed(String token) {
    return LinkPage.of(links.use(token));
  }

  @Override
  LinkPage dead() {
    return LinkPage.VOID;
  }
}
