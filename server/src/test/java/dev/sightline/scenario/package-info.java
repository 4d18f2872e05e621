@NullMarked
package dev.sightline.scenario;

import org.jspecify.annotations.NullMarked;
