/** Tests of JSON over HTTP beneath the wire; on it: {@code dev.sightline.JsonOverHttpTest}. */
@NullMarked
package dev.sightline.web;

import org.jspecify.annotations.NullMarked;
