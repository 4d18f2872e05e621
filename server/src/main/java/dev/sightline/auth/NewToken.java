package dev.sightline.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody asks for.
 *
 * @param name what people call it, 1 to 200 characters
 * @param expiresIn so long from its making until it ends, null if it never does
 */
public record NewToken(String name, Scopes scopes, Binding binding, @Nullable Duration expiresIn) {}
