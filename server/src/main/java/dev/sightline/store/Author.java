package dev.sightline.store;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who caused a revision, for the log.
 *
 * @param actor the person, or null where there is none: accepting an invitation, operators
 * @param actorOrganization where the person is a user; null for agents and where there is no actor
 * @param caller the authenticated service that asked
 */
public record Author(
    @Nullable UserId actor, @Nullable OrganizationId actorOrganization, String caller) {}
