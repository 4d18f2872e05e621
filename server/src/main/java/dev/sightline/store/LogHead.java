package dev.sightline.store;

import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import java.time.Instant;

/**
 * Where an organization's log stands.
 *
 * @param hash of the revision's last record
 * @param at when the revision was made
 */
public record LogHead(OrganizationId organization, long revision, LogHash hash, Instant at) {}
