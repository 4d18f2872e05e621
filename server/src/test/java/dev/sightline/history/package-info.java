/**
 * The history checker: clients ask and write while nodes, database and connections fail, and every
 * answer is held against the log. {@code server/README.md} says how to run it.
 */
package dev.sightline.history;
