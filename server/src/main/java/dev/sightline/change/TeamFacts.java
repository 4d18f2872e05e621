package dev.sightline.change;

/** What a team is called. */
public record TeamFacts(String name) {}
