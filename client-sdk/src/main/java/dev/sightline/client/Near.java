package dev.sightline.client;

import org.jspecify.annotations.Nullable;

/** The near-cache, as one who asks about an organization has it at hand. */
final class Near {
  private final NearCache cache;
  private final String id;
  private volatile @Nullable NearOrganization organization;

  Near(NearCache cache, String id) {
    this.cache = cache;
    this.id = id;
  }

  Near of(String id) {
    return new Near(cache, id);
  }

  NearCacheStatistics statistics() {
    return cache.statistics();
  }

  /**
   * The decision that is held and may be given; null if the service is to be asked.
   *
   * @throws SightlineException UNAVAILABLE if freshness cannot be proved and that is to fail
   */
  @Nullable HeldDecision find(String user, Action action, String dashboard, Freshness freshness) {
    var known = organization;
    var found = known == null ? null : known.find(user, action, dashboard, freshness);
    if (found != null) {
      cache.counts().hits.increment();
      return found;
    }
    return isHeld(action) && mayBeHeld(freshness) ? look(user, action, dashboard, freshness) : null;
  }

  private @Nullable HeldDecision look(
      String user, Action action, String dashboard, Freshness freshness) {
    var known = organization;
    if (known == null || known.isOver()) {
      var found = current().find(user, action, dashboard, freshness);
      if (found != null) {
        cache.counts().hits.increment();
        return found;
      }
    }
    missed();
    return null;
  }

  /** The same for a page of a list. */
  @Nullable Page<VisibleDashboard> find(HeldPages.Key key, Freshness freshness) {
    if (!isHeld(key.options()) || !mayBeHeld(freshness)) {
      return null;
    }
    var found = current().find(key, freshness);
    if (found == null) {
      missed();
    } else {
      cache.counts().hits.increment();
    }
    return found;
  }

  private void missed() {
    cache.counts().misses.increment();
    if (current().isLapsed() && cache.options().whenLapsed() == WhenLapsed.FAIL) {
      throw SightlineException.of(
          Code.UNAVAILABLE,
          "What is held about organization '%s' cannot be proved to be fresh; try again."
              .formatted(id));
    }
  }

  void fill(String user, Action action, String dashboard, boolean allowed, Proved proved) {
    var known = isHeld(action) ? known() : null;
    if (known != null) {
      known.fill(user, action, dashboard, allowed, proved);
    }
  }

  void fill(HeldPages.Key key, Page<VisibleDashboard> page, Proved proved) {
    var known = organization;
    if (known != null && isHeld(key.options())) {
      known.fill(key, page, proved);
    }
  }

  /** Whether anything may be held by now; a batch of questions alone does not begin it. */
  boolean isBegun() {
    return known() != null;
  }

  private @Nullable NearOrganization known() {
    var known = organization;
    if (known == null || known.isOver()) {
      known = cache.known(id);
      organization = known;
    }
    return known;
  }

  /** The log was set back: what is held may be of one that is no more. */
  void beginAnew() {
    current().watch().beginAnew();
  }

  private NearOrganization current() {
    var known = organization;
    if (known == null || known.isOver()) {
      known = cache.organization(id);
      organization = known;
    }
    return known;
  }

  private static boolean mayBeHeld(Freshness freshness) {
    return !(freshness instanceof Freshness.FullyConsistent);
  }

  /** INVARIANT: only what no change of anything but the level can change. */
  static boolean isHeld(Action action) {
    return switch (action) {
      case VIEW,
          INTERACT,
          COPY_LINK,
          SUBSCRIBE,
          DUPLICATE,
          EDIT,
          RENAME,
          MANAGE_ACCESS,
          SHARE,
          EXPORT ->
          true;
      case DELETE, TRANSFER_OWNERSHIP, SET_DRAFT -> false; // An ADMIN may, whatever the level.
    };
  }

  private static boolean isHeld(ListOptions options) {
    boolean byLevelAlone =
        switch (options.purpose()) {
          case SIDEBAR, SEARCH -> true;
          case DIGEST -> false; // Leaves drafts out, whatever the level.
        };
    return byLevelAlone && !options.names() && !options.pills();
  }
}
