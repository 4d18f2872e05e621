package dev.sightline.client;

/**
 * Who was let in by sharing.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="share"}
 *
 * @param user the id of whoever has the e-mail address
 * @param level the level of the entry that they have now, which sharing never lowers
 * @param written where the change is in
 */
public record Share(String user, Level level, Written written) {}
