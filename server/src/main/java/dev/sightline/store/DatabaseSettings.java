package dev.sightline.store;

/**
 * Where the database is and how it is used.
 *
 * @param url {@code jdbc:postgresql://host:port/database} with any of pgjdbc's options
 * @param writers connections for writes
 * @param readers connections for loading, catching up and the directory
 * @param time what transactions take for the time
 */
public record DatabaseSettings(
    String url, String user, String password, int writers, int readers, TimeSource time) {
  public DatabaseSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the database URL must begin with jdbc:postgresql:, not " + url.replaceFirst(":.*", ""));
    }
    if (writers < 1 || readers < 1) {
      throw new IllegalArgumentException(
          "at least one connection is needed to write and one to read: "
              + writers
              + ", "
              + readers);
    }
  }

  /** With eight connections each and the database's clock. */
  public static DatabaseSettings of(String url, String user, String password) {
    return new DatabaseSettings(url, user, password, 8, 8, TimeSource.DATABASE);
  }

  public DatabaseSettings withTime(TimeSource time) {
    return new DatabaseSettings(url, user, password, writers, readers, time);
  }

  public DatabaseSettings withConnections(int writers, int readers) {
    return new DatabaseSettings(url, user, password, writers, readers, time);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + url.replaceFirst("\\?.*", "") + ", user=" + user + "]";
  }
}
