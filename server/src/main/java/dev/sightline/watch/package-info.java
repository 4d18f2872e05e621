/**
 * Tells whoever holds an answer when it stops being true: feeds, subscriptions, cursors, slow
 * consumers. {@link dev.sightline.watch.Feeds} is where to begin reading.
 */
@NullMarked
package dev.sightline.watch;

import org.jspecify.annotations.NullMarked;
