package dev.sightline.change;

/** What a workspace is called. */
public record WorkspaceFacts(String name) {}
