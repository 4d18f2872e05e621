@NullMarked
package dev.sightline.mail;

import org.jspecify.annotations.NullMarked;
