/**
 * What outlives the process: organizations, their log, tokens and keys, in PostgreSQL. The only
 * package that knows SQL.
 *
 * <p>{@link dev.sightline.store.Database} is where it begins. {@link
 * dev.sightline.store.OrganizationStore} writes revisions under an organization's row lock and
 * loads organizations from one snapshot; {@link dev.sightline.store.Proofs} tells, on connections
 * of its own, which head every organization has now.
 *
 * <p>The classes under {@code jooq} are generated from the migrations and committed. After changing
 * a migration run the main class {@code dev.sightline.store.GenerateTables} of the test sources; a
 * test fails while they differ.
 */
@NullMarked
package dev.sightline.store;

import org.jspecify.annotations.NullMarked;
