/**
 * A watch as the command line keeps it: what it is told, on lines; where it has come to; and how it
 * comes back.
 */
@NullMarked
package dev.sightline.cli.watch;

import org.jspecify.annotations.NullMarked;
