package dev.sightline.model;

/** What a support grant lets its agents be, lowest first. */
public enum SupportRole {
  VIEWER,
  EDITOR,
  ADMINISTRATOR
}
