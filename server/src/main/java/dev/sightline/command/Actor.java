package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;

/**
 * The person who asks for a change.
 *
 * @param organization where the person belongs; for a support agent, where the agent acts
 */
public record Actor(OrganizationId organization, UserId user) {}
