package dev.sightline.model;

/** What a link in a mail is for. */
public sealed interface LinkTarget {
  /** Deciding an access request in this way. */
  record OfRequest(RequestId request, LinkDecision decision) implements LinkTarget {}

  /** Accepting an invitation. */
  record OfInvitation(UserId user) implements LinkTarget {}
}
