/** What the command line writes: lines, tables, colours, JSON, progress. Knows no command. */
@NullMarked
package dev.sightline.cli.output;

import org.jspecify.annotations.NullMarked;
