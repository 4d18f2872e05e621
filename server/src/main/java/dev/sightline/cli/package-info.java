/** The command line: what it understands, and what others must do for it. Constructs no server. */
@NullMarked
package dev.sightline.cli;

import org.jspecify.annotations.NullMarked;
