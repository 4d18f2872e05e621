/**
 * The Java SDK: typed calls that are blocking or asynchronous, carry positions along, and repeat
 * what may be repeated.
 *
 * <p>Begin at {@link Sightline}. Everything that is not public here is how it is done: {@code
 * Calls} and {@code Attempts} carry a call through, {@code Scope} knows what belongs to an
 * organization, {@code Translation} alone turns messages into values. {@code NearCache} says how
 * answers are held and what must stay true of it, {@code Rendezvous} where calls go.
 */
@NullMarked
package dev.sightline.client;

import org.jspecify.annotations.NullMarked;
