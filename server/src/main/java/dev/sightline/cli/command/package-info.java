/** The commands that talk to a server: a class each, or one for a group of small ones. */
@NullMarked
package dev.sightline.cli.command;

import org.jspecify.annotations.NullMarked;
