package dev.sightline.change;

import dev.sightline.model.EmailAddress;

/**
 * What a person is called. Personal: the log holds commitments to these values, never the values.
 *
 * @param title may be empty
 */
public record Profile(String name, EmailAddress email, String title) {}
