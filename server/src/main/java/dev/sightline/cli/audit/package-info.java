/** Exported logs, checked without a server: their chain, and the heads noted elsewhere. */
@NullMarked
package dev.sightline.cli.audit;

import org.jspecify.annotations.NullMarked;
