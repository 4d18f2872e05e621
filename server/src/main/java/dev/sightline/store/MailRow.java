package dev.sightline.store;

import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail, without what it says.
 *
 * @param failures how often sending it was tried and failed
 * @param failure why it failed the last time
 */
public record MailRow(
    long id,
    OrganizationId organization,
    UserId recipient,
    EmailAddress address,
    MailKind kind,
    MailState state,
    @Nullable DashboardId dashboard,
    @Nullable Level level,
    @Nullable RequestId request,
    @Nullable UserId requester,
    @Nullable GrantId grant,
    Instant writtenAt,
    @Nullable Instant sentAt,
    int failures,
    @Nullable String failure) {}
