/** Organizations in and out of files, and the totals that tell whether everything arrived. */
@NullMarked
package dev.sightline.cli.transfer;

import org.jspecify.annotations.NullMarked;
