package dev.sightline.client;

/**
 * Why a call was refused, for programs to decide by. A newer service may have more, which {@link
 * SightlineException#reason} tells as text.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="errors"}
 */
public enum Reason {
  /** The request makes no sense: both of two alternatives, for example. */
  MALFORMED_REQUEST,
  /** An id is not {@code [A-Za-z0-9_.@+-]{1,128}}. */
  MALFORMED_ID,
  /** A number, a text's length or a time is out of range. */
  OUT_OF_RANGE,
  /** A subject is named twice. */
  NAMED_TWICE,
  /** A value that the service does not know. */
  UNKNOWN_ENUM_VALUE,
  /** The list cannot go on there. */
  INVALID_PAGE_TOKEN,
  /** It is not a position of this organization. */
  INVALID_POSITION,
  /** The idempotency key stands for another request. */
  IDEMPOTENCY_KEY_REUSED,
  /** An import is not as it must be. */
  MALFORMED_IMPORT,
  /** There is no such organization. */
  ORGANIZATION_NOT_FOUND,
  /** There is no such dashboard, or the actor cannot view it. */
  DASHBOARD_NOT_FOUND,
  /** There is no such user. */
  USER_NOT_FOUND,
  /** Nobody in the organization has this e-mail address. */
  EMAIL_NOT_FOUND,
  /** There is no such team. */
  TEAM_NOT_FOUND,
  /** There is no such workspace. */
  WORKSPACE_NOT_FOUND,
  /** There is no such support agent. */
  AGENT_NOT_FOUND,
  /** There is no such support grant. */
  GRANT_NOT_FOUND,
  /** There is no such access request, or the actor cannot view its dashboard. */
  REQUEST_NOT_FOUND,
  /** There is no such token. */
  TOKEN_NOT_FOUND,
  /** There is no such mail, or it is not kept where it was asked for. */
  MAIL_NOT_FOUND,
  /** The actor is unknown, not ACTIVE, or of another organization. */
  ACTOR_NOT_ALLOWED,
  /** The actor lacks the role. */
  ROLE_REQUIRED,
  /** The actor can view the dashboard but not do this with it. */
  ACTION_NOT_ALLOWED,
  /** Editors open doors for others, not for themselves. */
  OWN_ENTRY,
  /** The token does not reach this call or this organization. */
  CALLER_NOT_ALLOWED,
  /** The id was used before. */
  ID_TAKEN,
  /** The e-mail address is in use. */
  EMAIL_TAKEN,
  /** The organization is there already. */
  ORGANIZATION_EXISTS,
  /** It would take the last ACTIVE ADMIN. */
  LAST_ADMIN,
  /** Nobody disables or deletes themselves. */
  OWN_ACCOUNT,
  /** The user has not accepted the invitation yet. */
  STILL_INVITED,
  /** A team would be in itself. */
  TEAM_CIRCLE,
  /** An owner has no entry. */
  OWNER_HAS_NO_ENTRY,
  /** The dashboard is theirs already. */
  ALREADY_OWNER,
  /** The new owner is neither ADMIN nor an editor. */
  NOT_AN_EDITOR,
  /** The log has no such position: it was set back. The client forgets the position. */
  POSITION_UNKNOWN,
  /** The organization would be larger than it may be. */
  TOO_LARGE,
  /** Whoever asks to be let in can view the dashboard. */
  ALREADY_A_VIEWER,
  /** Whoever asks to be let in was approved, and is told once the dashboard is published. */
  WAITS_FOR_PUBLICATION,
  /** Whoever asks to be let in was declined less than 7 days ago. */
  DECLINED_RECENTLY,
  /** The access request is decided, expired or cancelled. */
  REQUEST_NOT_PENDING,
  /** Whoever is to be invited again has an account by now. */
  NOT_INVITED,
  /** The invitation's link is unknown, used, replaced or past its end. */
  INVITATION_LINK_DEAD,
  /** Only a removed support agent can be erased. */
  AGENT_NOT_REMOVED,
  TOKEN_NOT_REVOKED,
  /** The support grant has ended or was revoked. */
  GRANT_OVER,
  /** The realm's policy lets no support grant go without an end. */
  UNTIL_REVOKED_NOT_ALLOWED,
  /** The support grant would last longer than the realm's policy lets it. */
  LONGER_THAN_POLICY,
  /** The vendor's group is none of those that the realm's policy offers. */
  GROUP_NOT_OFFERED,
  /** What is personal can be erased only of somebody who is deleted. */
  USER_NOT_DELETED,
  /** Only a mail that was given up can be tried again. */
  MAIL_NOT_DEAD,
  /** The access is no longer what the etag stands for. */
  ETAG_MISMATCH,
  /** The watch did not keep up; it goes on where it was cut off. */
  WATCH_TOO_SLOW,
  /** The request is larger than 4 MiB. */
  MESSAGE_TOO_LARGE,
  /** Too many wait already. */
  TOO_MANY_WAITING,
  /** The invitation was sent less than half a minute ago. */
  RESENT_TOO_SOON,
  /** Freshness could not be proved in time. */
  NOT_FRESH,
  /** The service's database does not answer. */
  STORE_UNAVAILABLE,
  /** The node that was called is stopping; another one answers. */
  SERVER_STOPPING,
  /** The token is missing, unknown, over or revoked. */
  NOT_AUTHENTICATED
}
