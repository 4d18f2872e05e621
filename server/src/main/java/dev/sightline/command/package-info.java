/**
 * What people do, one file per capability: each command is a value that decides, purely, on a graph
 * and on facts read under the organization's lock; {@code Writes} runs them.
 */
@NullMarked
package dev.sightline.command;

import org.jspecify.annotations.NullMarked;
