/**
 * The words of the rules as values: ids, levels, actions, roles, positions, refusals. Knows neither
 * database nor clock.
 */
@NullMarked
package dev.sightline.model;

import org.jspecify.annotations.NullMarked;
