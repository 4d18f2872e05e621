package dev.sightline.client;

/**
 * What a client's near-cache may hold, and what happens when it cannot prove that it is fresh.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="nearcache"}
 *
 * @param entries how many answers at the most, 1 to 10,000,000; some 300 bytes each
 * @param organizations about how many organizations at the most, 1 to 5,000, each with a watch
 * @param whenLapsed what to do with a question while freshness cannot be proved
 */
public record NearCacheOptions(int entries, int organizations, WhenLapsed whenLapsed) {
  private static final int MOST_ENTRIES = 10_000_000;
  private static final int MOST_ORGANIZATIONS = 5_000;

  /** Refuses what is out of range. */
  public NearCacheOptions {
    within("entries", entries, MOST_ENTRIES);
    within("organizations", organizations, MOST_ORGANIZATIONS);
  }

  private static void within(String what, int number, int most) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(
          "The near-cache's number of %s is %d; it must be 1 to %d.".formatted(what, number, most));
    }
  }

  /** 100,000 answers about 1,000 organizations, and the service is asked. */
  public static NearCacheOptions standard() {
    return new NearCacheOptions(100_000, 1_000, WhenLapsed.ASK);
  }

  /** With so many answers at the most. */
  public NearCacheOptions withEntries(int entries) {
    return new NearCacheOptions(entries, organizations, whenLapsed);
  }

  /** With so many organizations at the most. */
  public NearCacheOptions withOrganizations(int organizations) {
    return new NearCacheOptions(entries, organizations, whenLapsed);
  }

  /** With this for questions while freshness cannot be proved. */
  public NearCacheOptions withWhenLapsed(WhenLapsed whenLapsed) {
    return new NearCacheOptions(entries, organizations, whenLapsed);
  }
}
