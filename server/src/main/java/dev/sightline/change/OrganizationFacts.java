package dev.sightline.change;

import dev.sightline.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * An organization's own facts.
 *
 * @param parent the organization above it, null for the root of a realm; never changes
 */
public record OrganizationFacts(String name, @Nullable OrganizationId parent) {}
