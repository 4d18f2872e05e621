package dev.sightline.model;

/** Where an access request stands. One that is not PENDING stays as it is for good. */
public enum RequestStatus {
  PENDING,
  APPROVED,
  DECLINED,
  EXPIRED,
  CANCELLED
}
