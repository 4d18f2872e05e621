package dev.sightline.client;

/**
 * What a list of dashboards is for, and what it says of each beside the id.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="list"}
 *
 * @param purpose what it is for
 * @param names whether to tell names
 * @param levels whether to tell the reader's levels
 * @param pills whether to tell the pills that the reader sees
 * @param pageSize how many to fetch at once, 1 to 10,000
 */
public record ListOptions(
    Purpose purpose, boolean names, boolean levels, boolean pills, int pageSize) {
  private static final int LARGEST_PAGE = 10_000;

  /** Refuses page sizes that the service would refuse. */
  public ListOptions {
    if (pageSize < 1 || pageSize > LARGEST_PAGE) {
      throw new IllegalArgumentException(
          "The page size is " + pageSize + "; it must be 1 to " + LARGEST_PAGE + ".");
    }
  }

  /** Ids only, 1,000 at once. */
  public static ListOptions of(Purpose purpose) {
    return new ListOptions(purpose, false, false, false, 1_000);
  }

  /** With names. */
  public ListOptions withNames() {
    return new ListOptions(purpose, true, levels, pills, pageSize);
  }

  /** With the reader's levels. */
  public ListOptions withLevels() {
    return new ListOptions(purpose, names, true, pills, pageSize);
  }

  /** With the pills that the reader sees. */
  public ListOptions withPills() {
    return new ListOptions(purpose, names, levels, true, pageSize);
  }

  /** So many at once, 1 to 10,000. */
  public ListOptions withPageSize(int pageSize) {
    return new ListOptions(purpose, names, levels, pills, pageSize);
  }
}
