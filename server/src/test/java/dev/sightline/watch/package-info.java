/** Watches tried on random histories, in races, and over real sockets. */
@NullMarked
package dev.sightline.watch;

import org.jspecify.annotations.NullMarked;
