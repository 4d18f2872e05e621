/**
 * Mail: what the outbox holds is put into words, given links, and handed to whatever delivers it.
 */
@NullMarked
package dev.sightline.mail;

import org.jspecify.annotations.NullMarked;
